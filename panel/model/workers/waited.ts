import type { BodyOf, SessionEvent } from '../../../protocol/events'
import type { TracedEvent } from '../session/view'
import type { Waited } from '../session/waited-promises'

/** How many promises of an event are kept one by one, and as many again of those in which something is wrong. */
export const MAX_WAITED = 1000

/** The promises of each event that have not settled, by their numbers. */
export interface Promises {
  add(traced: TracedEvent, event: SessionEvent, body: BodyOf<'wait-until'>): void
  /** Returns the promise that has settled; undefined when its `waitUntil()` was not traced. */
  settle(traced: TracedEvent, event: SessionEvent, body: BodyOf<'promise-settled'>): Waited | undefined
  /** The event is over for the tracer. */
  end(traced: TracedEvent): void
}

/** What was given to `waitUntil()`: an event that waits for 100,000 promises must not cost more with each of them. */
export function createPromises(): Promises {
  const pending = new WeakMap<TracedEvent, Map<number, Waited>>()
  const pendingOf = (traced: TracedEvent) => {
    const known = pending.get(traced) ?? new Map<number, Waited>()
    pending.set(traced, known)
    return known
  }

  const store = (traced: TracedEvent, waited: Waited, wrong: boolean) => {
    const bound = wrong ? 2 * MAX_WAITED : MAX_WAITED
    if (traced.waited.length < bound) traced.waited.push(waited)
  }

  return {
    add(traced, event, { n, given, location }) {
      const waited = { n, at: event.at, given, location, settledAt: null, error: null }
      traced.promises++
      pendingOf(traced).set(n, waited)
      store(traced, waited, given !== 'promise')
    },
    settle(traced, event, { n, error }) {
      const open = pendingOf(traced)
      const waited = open.get(n)
      if (!waited) return undefined
      open.delete(n)
      const known = traced.waited.length < MAX_WAITED || traced.waited.includes(waited)
      waited.settledAt = event.at
      waited.error = error
      if (error && !known) store(traced, waited, true)
      return waited
    },
    end: (traced) => pending.delete(traced),
  }
}

/**
 * Whether something that was reported of an event before its end is missing: that its listeners have returned, or promises that its end
 * counts.
 */
export function isPartial(
  { returnedAt, promises, counted, waited }: TracedEvent,
  done: Pick<BodyOf<'event-done'>, 'promises' | 'rejected'>,
): boolean {
  const rejected = counted.rejected + waited.filter(({ error }) => error !== null).length
  return returnedAt === null || promises < done.promises || rejected < Math.min(done.rejected, MAX_WAITED)
}

/**
 * Whether `waitUntil()` was refused because its event was over. A call without an argument is refused as well, with a
 * `TypeError`. https://w3c.github.io/ServiceWorker/#wait-until-method
 */
export const wasTooLate = ({ error, reason }: BodyOf<'wait-until-refused'>): boolean =>
  reason === undefined ? error.message.startsWith('InvalidStateError') : reason === 'event-over'
