import type { ProbeBody, RefusalReason } from '../../protocol/probe-events'
import type { Location, Thrown } from '../../protocol/worker-fields'
import { later, now, readPlain, slice } from './primordials'

/** So many calls of a method are reported one by one for each event; what comes after them is counted. */
export const REPORTED = 100
/** How often what was counted is reported, in milliseconds. */
const COUNTED_EVERY = 250

/** Calls of which none was counted yet. */
const NOTHING = { called: 0, awaited: 0, fulfilled: 0, rejected: 0, refused: 0, updates: 0 }

export type Given = 'promise' | 'thenable' | 'function' | 'value'

export interface TracedEvent {
  /** A call that comes now is counted, not reported: nothing is worth finding out about it. */
  readonly counts: boolean
  /** One of its listeners has returned, and it is not known whether another one follows. */
  listenerReturned(): void
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
  const total = { promises: 0, refusals: 0, rejected: 0, updates: 0 }
  let pending = 0
  let unknown = 0
  let hasReturned = false
  let done = false
  /** What was counted since it was last reported. */
  let more = { ...NOTHING }
  let scheduled = false

  const report = (at: number) => {
    if (more.called + more.fulfilled + more.rejected + more.refused + more.updates === 0) return
    const counts = more
    more = { ...NOTHING }
    send({ type: 'calls-counted', worker, event, ...counts }, at)
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
      const { promises, rejected } = total
      send({ type: 'event-done', worker, event, promises, rejected }, at)
    }, 0)
  }

  return {
    get counts() {
      return total.promises + total.refusals >= REPORTED
    },
    listenerReturned() {
      if (!hasReturned) send({ type: 'listener-returned', worker, event }, now())
    },
    returned(ran) {
      if (hasReturned) return
      hasReturned = true
      send({ type: 'handler-returned', worker, event, ran }, now())
      check()
    },
    waitUntil(given, location) {
      const counts = total.promises + total.refusals >= REPORTED
      const n = ++total.promises
      if (given === 'thenable') unknown++
      else pending++
      if (counts) {
        more.called++
        if (given === 'promise' || given === 'thenable') more.awaited++
        counted()
        // A negative number: how it ends is counted too.
        return -n
      }
      send({ type: 'wait-until', worker, event, n, given, location }, now())
      return n
    },
    waitUntilRefused(error, reason, location) {
      if (total.promises + total.refusals++ >= REPORTED || !error) {
        more.refused++
        counted()
      } else send({ type: 'wait-until-refused', worker, event, error, reason, location }, now())
    },
    promiseSettled(n, error) {
      pending--
      if (error) total.rejected++
      if (n > 0) send({ type: 'promise-settled', worker, event, n, error }, now())
      else {
        if (error) more.rejected++
        else more.fulfilled++
        counted()
      }
      check()
    },
    updateUI(options, promise, location) {
      const n = ++total.updates
      if (n > REPORTED) {
        more.updates++
        counted()
        return
      }
      keep(n, promise)
      send({ type: 'update-ui', worker, event, n, title: titleOf(options), location }, now())
    },
  }
}
