import { t } from '../../i18n/i18n'
import { duration } from '../format'
import { effectiveAbort } from '../session/aborts/requested-aborts'
import type { Fetch, Row } from '../session/view'

/** What the times of a fetch's rows are counted from. */
interface TimeOrigin {
  /** In epoch milliseconds. */
  readonly at: number
  readonly of: 'abort' | 'settled' | 'seen'
}

/** Its abort where that was asked for here, else its end where it was aborted elsewhere, else its start. */
function timeOriginOf(fetch: Fetch): TimeOrigin {
  const { attributes, settledAt, seenAt } = fetch
  const abort = effectiveAbort(fetch)
  if (abort) return { at: abort.at, of: 'abort' }
  const aborted = attributes.failureReason === 'aborted' && settledAt !== null
  return aborted ? { at: settledAt, of: 'settled' } : { at: seenAt, of: 'seen' }
}

/** A time as it is shown, and with what it is counted from. */
export interface SinceOrigin {
  readonly text: string
  readonly title: string
}

const titles: Readonly<Record<TimeOrigin['of'], (time: string) => string>> = {
  abort: (time) => t('delta_abort', time),
  settled: (time) => t('delta_settled', time),
  seen: (time) => t('delta_seen', time),
}

/** When a row happened, counted from its fetch's abort or start; null for a row of no fetch. */
export function sinceOrigin({ at, fetch }: Pick<Row, 'at' | 'fetch'>): SinceOrigin | null {
  if (!fetch) return null
  const origin = timeOriginOf(fetch)
  const ms = at - origin.at
  const text = `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}`
  return { text, title: titles[origin.of](text) }
}

/** Clocks have fractions of a millisecond. */
const SAME = 0.05

/** Whether the time that led to a row is the one that its time is counted from, so that it need not be said again. */
export function saysSinceOrigin({ at, fetch, after }: Pick<Row, 'at' | 'fetch' | 'after'>): boolean {
  return fetch !== null && after !== null && Math.abs(at - after - timeOriginOf(fetch).at) < SAME
}
