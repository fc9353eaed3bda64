import type { StartCall } from '../beginning'
import { certainCalls } from '../certain-calls'
import type { Fetch } from '../view'

/** How far the clocks of two scripts may be apart, in milliseconds. */
const CLOCKS = 50

/**
 * Whether a fetch was listed when the other one was not yet. Those that one listing has found come in the order of
 * their IDs, which says nothing.
 */
export function isListedBefore(one: Fetch, other: Fetch): boolean {
  if (!one.began || !other.began) return false
  if (one.began.producer === other.began.producer) return one.began.before <= other.began.after
  // Another bridge saw it before this one began to look.
  return other.began.after > 0 && one.seenAt < other.seenAt
}

/** Two scripts are only known to have called in an order where their times are far apart. */
const isEarlier = (one: StartCall, other: StartCall) =>
  one.inTopPage && other.inTopPage ? one.nth < other.nth : one.at + CLOCKS < other.at

/** Whether `fetch()` was called for a fetch before it was for the other one, as far as calls were traced. */
function isCalledBefore(one: Fetch, other: Fetch): boolean {
  const calls = certainCalls(one)
  const others = certainCalls(other)
  if (calls.length === 0 || others.length === 0) return false
  return calls.every((call) => others.every((later) => isEarlier(call, later)))
}

/** Whether a fetch is known to have begun before another one of its origin: not knowing it, it is false both ways. */
export const isBefore = (one: Fetch, other: Fetch): boolean =>
  isListedBefore(one, other) || (!isListedBefore(other, one) && isCalledBefore(one, other))
