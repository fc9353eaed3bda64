import { duration } from './format'
import type { Fetch, Row } from './view'

/** The abort that was asked for here, unless it is known to have come to nothing. */
export function effectiveAbort({ abort }: Fetch): Fetch['abort'] {
  const outcome = abort?.outcome
  const effective =
    !outcome || outcome.kind === 'unanswered' || (outcome.kind === 'resolved' && outcome.value)
  return effective ? (abort ?? null) : null
}

/** The moment from which a fetch's rows are counted: its abort, or its start when it was not aborted. */
function zeroOf(fetch: Fetch): number {
  const { attributes, settledAt, seenAt } = fetch
  const abort = effectiveAbort(fetch)
  if (abort) return abort.at
  return attributes.failureReason === 'aborted' && settledAt !== null ? settledAt : seenAt
}

/** When a row happened, counted from its fetch's abort or start; null for a row of no fetch. */
export function sinceZero({ at, fetch }: Pick<Row, 'at' | 'fetch'>): string | null {
  if (!fetch) return null
  const ms = at - zeroOf(fetch)
  return `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}`
}
