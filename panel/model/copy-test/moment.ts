import type { BodyOf } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { seriesMomentText } from '../describe/abort-series-text'
import { bytes, count } from '../format'
import { effectiveAbort } from '../session/aborts/requested-aborts'
import { endEventOf } from '../session/ends/end-event'
import type { Fetch, Row } from '../session/view'

/** When a script aborts its fetch: once all of this is so. 0 stands for what it does not wait for. */
export interface TestMoment {
  readonly bytes: number
  readonly responses: number
  /** Since the fetch was started. */
  readonly ms: number
  /** With more responses than these it is another moment; null where it may be the same. */
  readonly most: number | null
  /** The service worker is stopped before. */
  readonly cold: boolean
  /** What was observed, in words. */
  readonly text: string
}

type Fired = BodyOf<'planned-abort-fired'>

/** How far the time of a planned abort may be from the time since the fetch was seen to count from there, in milliseconds. */
const SAME_START = 1000
/** A worker that was seen so long before the abort, in milliseconds, or later may have been started for it. */
const CLOCKS = 20

const noWait = { bytes: 0, responses: 0, ms: 0, most: null }

/** The amount at which it was aborted, where that is all that is known of the moment. */
function byAmount(downloaded: number, responses: number): Omit<TestMoment, 'cold'> {
  const most = responses
  if (downloaded === 0 && responses === 0) return { ...noWait, most, text: t('test_at_nothing') }
  const text = t('test_at_amount', bytes(downloaded), count(responses))
  return { ...noWait, bytes: downloaded, responses, most, text }
}

function ofPlan(fired: Fired, sinceSeen: number): Omit<TestMoment, 'cold'> {
  const { moment, downloaded, downloadTotal, responses, elapsed } = fired
  const text = seriesMomentText(moment)
  switch (moment.kind) {
    case 'bytes':
      return { ...noWait, bytes: moment.bytes, text }
    case 'first-byte':
      return { ...noWait, bytes: 1, most: responses, text }
    case 'percent':
      return { ...noWait, bytes: Math.max(1, Math.ceil((downloadTotal * moment.percent) / 100)), text }
    case 'responses':
      return { ...noWait, responses: moment.count, most: moment.count, text }
    case 'time':
      // It counts from when the abort was planned, which may have been while the fetch ran.
      if (Math.abs(sinceSeen - elapsed) >= SAME_START) return byAmount(downloaded, responses)
      return { ...noWait, ms: Math.round(moment.ms), most: moment.ms < 1 ? responses : null, text }
  }
}

/** Whether the service worker was stopped when the abort came; null where that was not observed. */
function wasCold(fetch: Fetch, at: number): boolean | null {
  const worker = endEventOf(fetch)?.worker
  return worker ? worker.how === 'started' && worker.seenAt >= at - CLOCKS : null
}

/** At which moment an aborted fetch was aborted, as far as a script can wait for it. */
export function testMoment(fetch: Fetch, rows: readonly Row[]): TestMoment {
  const row = rows.findLast((one) => one.fetch === fetch && one.kind === 'planned-abort-fired')
  const fired = row?.event.body.type === 'planned-abort-fired' ? row.event.body : null
  const at = row?.at ?? effectiveAbort(fetch)?.at ?? fetch.settledAt ?? fetch.seenAt
  const moment = fired
    ? ofPlan(fired, at - fetch.seenAt)
    : byAmount(fetch.arrived, fetch.responses?.ready ?? 0)
  const stopped = fired?.cold === 'stopped' || fired?.cold === 'not-running'
  const cold = stopped || wasCold(fetch, at)
  const worker = t(cold === null ? 'test_worker_unknown' : cold ? 'test_worker_cold' : 'test_worker_running')
  const aborted = t(fired ? 'test_aborted_planned' : 'test_aborted', moment.text)
  return { ...moment, cold: cold ?? false, text: `${aborted} ${worker}` }
}
