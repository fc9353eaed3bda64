import { commonStack } from '../../../../protocol/common-stack'
import { type OtherCallers, otherCallers } from '../../../../protocol/other-callers'
import { certainCalls } from '../certain-calls'
import { tracedEnd } from '../ends/end-witness'
import { CLOCKS } from '../fetches'
import type { TracedCall } from '../traced-call'
import type { Fetch, TracedEvent } from '../view'

/**
 * The end comes so soon after the call that leads to it, in milliseconds: a few of them were measured, also for a fetch that stands still. A
 * page hears of it when it is not busy any more, and the worker's event is there before.
 */
const SOON = 1000
/**
 * An abort stops the bytes at once, and `progress` comes every half a second: bytes that a page reports so much later than the
 * call, in milliseconds, have moved after it.
 */
const STOPS = 1000
/** A fetch is seen so much later than it began at most, in milliseconds, while workers are traced. */
const SEEN = 1000
/** So many calls of a fetch are kept: a page may call in a loop. */
const MAX_CALLS = 100

/** A call of `abort()` while a fetch ran, and when it was reported. */
export type AbortCall = Fetch['abortCalls'][number]

/** Whose script called the `abort()` that ended a fetch. */
export interface TracedAborter extends OtherCallers {
  readonly by: 'page' | 'script' | 'extension' | 'worker'
  /** The call, with what is known of its stack; null where it was one of several that were made at different places. */
  readonly call: TracedCall | null
}

/** Whose code made a call: of code in the page whose place is not known, it is not known either. */
function callerOf(call: TracedCall): TracedAborter['by'] {
  if (call.type === 'worker-call') return 'worker'
  if (call.extension) return 'extension'
  return call.location ? 'page' : 'script'
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
 * The traced calls that may have aborted a fetch, in their order. A call may do nothing, as after the worker was unregistered: it is taken
 * for the cause only where the bytes stopped with it and the end came soon.
 */
export function possibleCalls(fetch: Fetch): readonly AbortCall[] {
  const { settledAt, movedAt, attributes } = fetch
  if (settledAt === null || attributes.failureReason !== 'aborted') return []
  const event = tracedEnd(fetch)
  // A worker may be informed before a page that is busy.
  const end = Math.min(settledAt, event?.at ?? settledAt)
  // What a page reports after the end has moved before it.
  const stillMoved = Math.min(movedAt, end)
  return fetch.abortCalls
    .filter((one) => mayLeadTo(end, one, event) && end - one.at <= SOON && stillMoved - one.at <= STOPS)
    .sort((a, b) => a.at - b.at)
}

/** A fetch had not begun before, in epoch milliseconds, as far as that is known. */
function begunAt(fetch: Fetch): number {
  const [call] = certainCalls(fetch)
  if (call) return call.at
  return fetch.already || fetch.unlisted ? 0 : fetch.seenAt - SEEN
}

/** Who aborted a fetch by a call that was traced. Null where none may have, or where code of two kinds may. */
export function tracedAborter(fetch: Fetch): TracedAborter | null {
  // There `abort()` answered that it did.
  if (fetch.abortCause === 'other-panel') return null
  const fitting = possibleCalls(fetch)
  const last = fitting.at(-1)
  if (!last) return null
  // One of them may have ended it, and the next ones have come before its end was reported.
  const by = callerOf(last.call)
  if (fitting.some(({ call }) => callerOf(call) !== by)) return null
  const calls = fitting.map(({ call }) => call)
  const stack = commonStack(calls)
  return { by, call: stack && { ...last.call, ...stack }, ...otherCallers(calls, begunAt(fetch)) }
}

/** The call of `abort()` that is shown of a fetch: the last one while its end is not known, then the one that aborted it. */
export const shownAbortCall = (fetch: Fetch): TracedCall | undefined =>
  (fetch.settledAt === null ? fetch.abortCalls.at(-1) : tracedAborter(fetch))?.call ?? undefined
