import type { StartCall } from './beginning'
import { certainCalls } from './certain-calls'
import { CLOCKS } from './fetches'
import type { Fetch } from './view'

/** A call of `fetch()` of a page or worker. */
export interface CallMoment {
  /** When it was made, in epoch milliseconds by the clock of its page. */
  readonly at: number
  /** Its place in the order of all calls; null where the call itself was not observed. */
  readonly nth: number | null
}

/** Whether a fetch had begun when `fetch()` was called; null where that is not known, as a page may list a new one late. */
function hadBegun(fetch: Fetch, { at, nth }: CallMoment): boolean | null {
  const { already, seenAt } = fetch
  // The call itself, where it is one of them, has not started it.
  const calls = certainCalls(fetch).filter((one) => one.nth !== nth)
  if (calls.length > 0) {
    const isBefore = (one: StartCall) => (nth === null ? one.at < at - CLOCKS : one.nth < nth)
    const isAfter = (one: StartCall) => (nth === null ? one.at > at + CLOCKS : one.nth > nth)
    if (calls.every(isBefore)) return true
    if (calls.every(isAfter)) return false
  }
  if (seenAt <= (already ? at + CLOCKS : at - CLOCKS)) return true
  return null
}

/** Whether a fetch ran when `fetch()` was called; null where that is not known. */
export function ranWhenCalled(fetch: Fetch, call: CallMoment): boolean | null {
  const { settledAt, state } = fetch
  if (settledAt !== null && settledAt < call.at) return false
  const begun = hadBegun(fetch, call)
  if (!begun) return begun
  return settledAt !== null || state === 'queued' || state === 'active' ? true : null
}
