import { contextOf, contextWithin } from '../../protocol/context/context'
import type { SessionEvent } from '../../protocol/events'

export interface Journal {
  readonly events: readonly SessionEvent[]
  /** Keeps the events that it does not have yet, in order, and returns them. */
  append(events: readonly SessionEvent[]): SessionEvent[]
  /** The highest `seq` kept of each producer. */
  readonly marks: ReadonlyMap<string, number>
  /** What a reader lacks who has `have`. */
  since(have: Readonly<Record<string, number>>): SessionEvent[]
  /** Drops the oldest events when there are more than the bound. Returns how many went. */
  trim(): number
  /** Drops everything that is over. */
  clear(): void
}

/**
 * The append-only stream of a session, in memory. Producers number their events without gaps and send them
 * in order, so an event at or below its producer's mark is a double.
 *
 * @param bound how many events are kept; a tenth or more goes at a time
 */
export function createJournal(bound: number, initial: readonly SessionEvent[] = []): Journal {
  let events: SessionEvent[] = []
  const marks = new Map<string, number>()

  const append = (incoming: readonly SessionEvent[]) => {
    const fresh = incoming.filter((event) => {
      if (event.seq <= (marks.get(event.producer) ?? 0)) return false
      marks.set(event.producer, event.seq)
      return true
    })
    // One by one: as arguments of one call, a long journal would not fit on the stack.
    for (const event of fresh) events.push(event)
    return fresh
  }

  append(initial)

  return {
    get events() {
      return events
    },
    append,
    marks,
    since: (have) => events.filter((event) => event.seq > (have[event.producer] ?? 0)),
    trim() {
      if (events.length <= bound) return 0
      const before = events.length
      const cutAt = before - Math.floor(bound * 0.8)
      const rest = events.slice(cutAt)
      const context = contextWithin(events.slice(0, cutAt), rest, Math.floor(bound * 0.1))
      events = [...context, ...rest]
      return before - events.length
    },
    clear() {
      events = contextOf(events, [])
    },
  }
}
