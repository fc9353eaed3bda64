import type { ProbeBody, RefusalReason } from '../../protocol/probe-events'
import type { Location, Thrown } from '../../protocol/worker-fields'
import { later, now, readPlain, slice } from './primordials'

/** So many calls of a method are reported one by one for each event; what comes after them is counted. */
export const REPORTED = 100
/** How often what was counted is reported, in milliseconds. */
const COUNTED_EVERY = 250

export type Given = 'promise' | 'thenable' | 'function' | 'value'

export interface TracedEvent {
  /** A call that comes now is counted, not reported: nothing is worth finding out about it. */
  readonly counts: boolean
  /** No listener runs any more. `ran`: how many did; null where that was not counted. */
  returned(ran: number | null): void
  waitUntil(given: Given, location: Location | null): number
  waitUntilRefused(error: Thrown | null, reason: RefusalReason, location: Location | null): void
  promiseSettled(n: number, error: Thrown | null): void
  updateUI(options: unknown, promise: unknown, location: Location | null): void
}

function titleOf(options: unknown): string {
  try {
    const title = typeof options === 'object' && options !== null ? readPlain(options, 'title') : ''
    return typeof title === 'string' ? slice(title, 0, 200) : ''
  } catch {
    return ''
  }
}

/**
 * Follows one event from the first listener to the moment when everything it waits for has settled. All promises are
 * followed, however many there are; the first are reported one by one, the others by their number.
 *
 * @param event its number
 * @param keep keeps a promise for the tracer to look at, which does not count as handling it
 */
export function createTracedEvent(
  event: number,
  send: (body: ProbeBody, at: number) => void,
  keep: (n: number, promise: unknown) => void,
): TracedEvent {
  const worker = ''
  let promises = 0
  let refusals = 0
  let pending = 0
  let unknown = 0
  let rejected = 0
  let updates = 0
  let hasReturned = false
  let done = false
  /** Since they were last reported. */
  let called = 0
  let awaited = 0
  let fulfilledMore = 0
  let rejectedMore = 0
  let refusedMore = 0
  let updatesMore = 0
  let scheduled = false

  const report = (at: number) => {
    if (called + fulfilledMore + rejectedMore + refusedMore + updatesMore === 0) return
    const counted = { called, awaited, fulfilled: fulfilledMore, rejected: rejectedMore }
    called = awaited = fulfilledMore = rejectedMore = 0
    send({ type: 'calls-counted', worker, event, ...counted, refused: refusedMore, updates: updatesMore }, at)
    refusedMore = updatesMore = 0
  }
  const counted = () => {
    if (scheduled) return
    scheduled = true
    later(() => {
      scheduled = false
      report(now())
    }, COUNTED_EVERY)
  }
  const check = () => {
    if (!hasReturned || pending > 0 || unknown > 0 || done) return
    const at = now()
    // A reaction of the same promise may still call waitUntil() and keep the event open.
    later(() => {
      if (pending > 0 || unknown > 0 || done) return
      done = true
      report(at)
      send({ type: 'event-done', worker, event, promises, rejected }, at)
    }, 0)
  }

  return {
    get counts() {
      return promises + refusals >= REPORTED
    },
    returned(ran) {
      if (hasReturned) return
      hasReturned = true
      send({ type: 'handler-returned', worker, event, ran }, now())
      check()
    },
    waitUntil(given, location) {
      const counts = promises + refusals >= REPORTED
      const n = ++promises
      if (given === 'thenable') unknown++
      else pending++
      if (counts) {
        called++
        if (given === 'promise' || given === 'thenable') awaited++
        counted()
        // A negative number: how it ends is counted too.
        return -n
      }
      send({ type: 'wait-until', worker, event, n, given, location }, now())
      return n
    },
    waitUntilRefused(error, reason, location) {
      if (promises + refusals++ >= REPORTED || !error) {
        refusedMore++
        counted()
      } else send({ type: 'wait-until-refused', worker, event, error, reason, location }, now())
    },
    promiseSettled(n, error) {
      pending--
      if (error) rejected++
      if (n > 0) send({ type: 'promise-settled', worker, event, n, error }, now())
      else {
        if (error) rejectedMore++
        else fulfilledMore++
        counted()
      }
      check()
    },
    updateUI(options, promise, location) {
      const n = ++updates
      if (n > REPORTED) {
        updatesMore++
        counted()
        return
      }
      keep(n, promise)
      send({ type: 'update-ui', worker, event, n, title: titleOf(options), location }, now())
    },
  }
}
