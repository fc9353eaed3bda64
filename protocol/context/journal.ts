import type { SessionEvent } from '../events'
import { contextOf, contextWithin } from './context'

export interface Journal {
  readonly events: readonly SessionEvent[]
  /** Keeps the events that it does not have yet, in order, and returns them. */
  append(events: readonly SessionEvent[]): SessionEvent[]
  /** Whether it has, or had, this event. */
  has(event: SessionEvent): boolean
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
 * The append-only stream of a session, in memory: the background's, which is on disk as well, and the panel's, which goes into
 * files. Producers number their events without gaps and send them in order, so an event at or below its producer's mark is a double.
 *
 * @param bound how many events are kept
 * @param share how much of the bound stays of the newest events when it is cut
 */
export function createJournal(bound: number, initial: readonly SessionEvent[] = [], share = 0.8): Journal {
  let events: SessionEvent[] = []
  const marks = new Map<string, number>()

  const has = ({ producer, seq }: SessionEvent) => seq <= (marks.get(producer) ?? 0)

  const append = (incoming: readonly SessionEvent[]) => {
    const fresh = incoming.filter((event) => {
      if (has(event)) return false
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
    has,
    marks,
    since: (have) => events.filter((event) => event.seq > (have[event.producer] ?? 0)),
    trim() {
      if (events.length <= bound) return 0
      const before = events.length
      const cutAt = before - Math.floor(bound * share)
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
