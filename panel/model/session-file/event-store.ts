import { createJournal } from '../../../protocol/context/journal'
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
  const journal = createJournal(bound, [], 0.96)

  const appendOne = (event: SessionEvent) => {
    if (journal.has(event)) return
    const { type } = event.body
    if (type === 'cleared' || (type === 'navigated' && !preserve())) journal.clear()
    journal.append([event])
    journal.trim()
  }

  return {
    get events() {
      return journal.events
    },
    append(incoming) {
      for (const event of incoming) appendOne(event)
    },
  }
}
