import { contextOf, contextWithin } from '../../../protocol/context/context'
import type { SessionEvent } from '../../../protocol/events'

/** How many events are kept: as many as the background's journal keeps. */
export const MAX_EVENTS = 100_000

export interface EventStore {
  /** The events of the session, in the order in which they came, without doubles. */
  readonly events: readonly SessionEvent[]
  append(events: readonly SessionEvent[]): void
}

/**
 * The stream that the panel's model received, for a file: what a person cleared is not in it.
 *
 * @param preserve whether the log outlives navigations, as for the model
 */
export function createEventStore(preserve: () => boolean, bound = MAX_EVENTS): EventStore {
  let events: SessionEvent[] = []
  const have = new Map<string, number>()

  const appendOne = (event: SessionEvent) => {
    if (event.seq <= (have.get(event.producer) ?? 0)) return
    have.set(event.producer, event.seq)
    const { type } = event.body
    if (type === 'cleared' || (type === 'navigated' && !preserve())) events = contextOf(events, [])
    events.push(event)
    if (events.length <= bound) return
    const cutAt = events.length - Math.floor(bound * 0.96)
    const rest = events.slice(cutAt)
    events = [...contextWithin(events.slice(0, cutAt), rest, Math.floor(bound * 0.1)), ...rest]
  }

  return {
    get events() {
      return events
    },
    append(incoming) {
      for (const event of incoming) appendOne(event)
    },
  }
}
