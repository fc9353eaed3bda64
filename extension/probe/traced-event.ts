import type { Location, ProbeBody, Thrown } from '../../protocol/worker-events'
import { later, now, readPlain, slice } from './pristine'

export interface TracedEvent {
  /** No listener runs any more. `ran`: how many did; null where that was not counted. */
  returned(ran: number | null): void
  waitUntil(given: 'promise' | 'thenable' | 'function' | 'value', location: Location | null): number
  waitUntilRefused(error: Thrown, location: Location | null): void
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
 * Follows one event from the first listener to the moment when everything it waits for has settled.
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
  let pending = 0
  let unknown = 0
  let rejected = 0
  let updates = 0
  let hasReturned = false
  let done = false

  const check = () => {
    if (!hasReturned || pending > 0 || unknown > 0 || done) return
    const at = now()
    // A reaction of the same promise may still call waitUntil() and keep the event open.
    later(() => {
      if (pending > 0 || unknown > 0 || done) return
      done = true
      send({ type: 'event-done', worker, event, promises, rejected }, at)
    }, 0)
  }

  return {
    returned(ran) {
      if (hasReturned) return
      hasReturned = true
      send({ type: 'handler-returned', worker, event, ran }, now())
      check()
    },
    waitUntil(given, location) {
      const n = ++promises
      if (given === 'thenable') unknown++
      else pending++
      send({ type: 'wait-until', worker, event, n, given, location }, now())
      return n
    },
    waitUntilRefused: (error, location) =>
      send({ type: 'wait-until-refused', worker, event, error, location }, now()),
    promiseSettled(n, error) {
      pending--
      if (error) rejected++
      send({ type: 'promise-settled', worker, event, n, error }, now())
      check()
    },
    updateUI(options, promise, location) {
      const n = ++updates
      keep(n, promise)
      send({ type: 'update-ui', worker, event, n, title: titleOf(options), location }, now())
    },
  }
}
