import * as v from 'valibot'
import { SessionEvent } from './events'

/** The events of a list, and how many more were not what an event is. */
export interface CheckedEvents {
  readonly events: SessionEvent[]
  readonly unreadable: number
}

/** Checks events that come from disk or over a port: another version may have written them, or the disk have failed. */
export function checkedEvents(list: unknown): CheckedEvents {
  if (!Array.isArray(list)) return { events: [], unreadable: 1 }
  const events: SessionEvent[] = []
  for (const event of list) {
    const result = v.safeParse(SessionEvent, event)
    if (result.success) events.push(result.output)
  }
  return { events, unreadable: list.length - events.length }
}
