import type { BodyOf, SessionEvent } from '../../../../protocol/events'
import type { Thrown } from '../../../../protocol/worker-fields'
import type { TracedEvent } from '../../session/view'

/** A rejection that nobody caught is reported within this time after the event that waited for it, in milliseconds. */
const SOON = 1000
/** How many different reasons are kept of an event. */
const REASONS = 1000

export interface Uncaught {
  /** A promise of the event was rejected. */
  rejected(traced: TracedEvent | undefined, error: Thrown): void
  /** The event is over; what it waited for may be reported as uncaught yet. */
  done(traced: TracedEvent): void
  causeOf(event: SessionEvent, body: BodyOf<'exception'>): TracedEvent | undefined
  forget(): void
}

/** Finds which event an uncaught rejection belongs to. */
export function createUncaught(): Uncaught {
  const reasons = new WeakMap<TracedEvent, Set<string>>()
  /** Events that are over, the oldest first. */
  let recent: TracedEvent[] = []
  return {
    rejected(traced, { message }) {
      if (!traced) return
      const known = reasons.get(traced) ?? new Set()
      reasons.set(traced, known)
      if (known.size < REASONS) known.add(message)
    },
    done(traced) {
      if (!reasons.has(traced)) return
      const { doneAt } = traced
      recent = recent.filter((one) => (doneAt ?? 0) - (one.doneAt ?? 0) < SOON)
      recent.push(traced)
    },
    causeOf: ({ at }, { worker, error }) =>
      recent.findLast(
        (traced) =>
          traced.dispatched.worker === worker &&
          at - (traced.doneAt ?? 0) < SOON &&
          reasons.get(traced)?.has(error.message),
      ),
    forget() {
      recent = []
    },
  }
}
