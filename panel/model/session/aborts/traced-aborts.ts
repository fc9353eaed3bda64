import { samePlace } from '../../../../protocol/same-place'
import { tracedEnd } from '../ends/end-witness'
import { CLOCKS } from '../fetches'
import type { TracedCall } from '../traced-call'
import type { Fetch, TracedEvent } from '../view'

/** A page that is busy hears of the end of a fetch so much later than it was aborted at most, in milliseconds. */
const BUSY = 10_000
/**
 * An abort stops the bytes at once, and `progress` comes every half a second: bytes that a page reports so much later than the
 * call, in milliseconds, have moved after it.
 */
const STOPS = 1000
/** So many calls of a fetch are kept: a page may call in a loop. */
const MAX_CALLS = 100

/** A call of `abort()` while a fetch ran, and when it was reported. */
export type AbortCall = Fetch['abortCalls'][number]

/** Whose script called the `abort()` that ended a fetch. */
export interface TracedAborter {
  readonly by: 'page' | 'worker'
  /** The call; null where it was one of several that were made at different places. */
  readonly call: TracedCall | null
}

/** Notes a call of `abort()` for a fetch. */
export function addAbortCall(fetch: Fetch, call: AbortCall): void {
  fetch.abortCalls.push(call)
  if (fetch.abortCalls.length > MAX_CALLS) fetch.abortCalls.shift()
}

/** Whether a call may have come before the end, which a worker's event says by the clock of that worker. */
function mayLeadTo(end: number, { at, call }: AbortCall, event: TracedEvent | undefined): boolean {
  const isOneClock = call.type === 'worker-call' && call.worker === event?.dispatched.worker
  return at <= (isOneClock ? event.at : end + CLOCKS)
}

/**
 * Who aborted a fetch by a call that was traced. A call may do nothing, as after the worker was unregistered: it is taken for the cause only
 * where the bytes stopped with it and the end came soon. Null where none did that, or where a page and a worker may have.
 */
export function tracedAborter(fetch: Fetch): TracedAborter | null {
  const { settledAt, movedAt, attributes, abortCause } = fetch
  if (settledAt === null || attributes.failureReason !== 'aborted') return null
  // There `abort()` answered that it did.
  if (abortCause === 'other-panel') return null
  const event = tracedEnd(fetch)
  // A worker may be informed before a page that is busy.
  const end = Math.min(settledAt, event?.at ?? settledAt)
  // What a page reports after the end has moved before it.
  const stillMoved = Math.min(movedAt, end)
  const fitting = fetch.abortCalls
    .filter((one) => mayLeadTo(end, one, event) && end - one.at <= BUSY && stillMoved - one.at <= STOPS)
    .sort((a, b) => a.at - b.at)
  const last = fitting.at(-1)
  if (!last) return null
  // One of them may have ended it, and the next ones have come before its end was reported.
  const together = fitting.filter(({ at }) => last.at - at <= STOPS)
  if (together.some(({ call }) => call.type !== last.call.type)) return null
  const isSure = together.every((one) => one === last || samePlace(one.call, last.call))
  return { by: last.call.type === 'page-call' ? 'page' : 'worker', call: isSure ? last.call : null }
}

/** The call of `abort()` that is shown of a fetch: the last one while its end is not known, then the one that aborted it. */
export const shownAbortCall = (fetch: Fetch): TracedCall | undefined =>
  (fetch.settledAt === null ? fetch.abortCalls.at(-1) : tracedAborter(fetch))?.call ?? undefined
