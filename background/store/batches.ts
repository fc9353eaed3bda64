import type { SessionEvent } from '../../protocol/events'

/** A message has a limit of 64 MiB; this much stays clear of it, in characters of JSON. */
const MESSAGE = 16_000_000
/** How many events go into one message at most. */
const EVENTS = 2000
/** Longer than the JSON of most events by far. */
const USUAL = 8000

/** What may be long is measured; to write all as JSON only to measure it would take longer than to send it. */
const MAY_BE_LONG: ReadonlySet<string> = new Set<SessionEvent['body']['type']>([
  'storage-snapshot',
  'request-outcomes',
  'response-ready',
  'frame',
  'inventory',
  'console',
  'exception',
])

const size = (event: SessionEvent) =>
  MAY_BE_LONG.has(event.body.type) ? JSON.stringify(event).length : USUAL

/** How many of the events, from the first on, one message can carry; at least one. */
function countOf(events: readonly SessionEvent[], from: number): number {
  let sum = 0
  let count = 0
  for (let i = from; i < events.length && count < EVENTS; i++) {
    const event = events[i]
    if (!event) break
    sum += size(event)
    if (count > 0 && sum > MESSAGE) break
    count++
  }
  return count
}

/** Takes as many events from the front of a queue as one message can carry. */
export const takeBatch = (queue: SessionEvent[]): SessionEvent[] => queue.splice(0, countOf(queue, 0))

/** Events in the order in which they came, in as many parts as messages can carry. */
export function batches(events: readonly SessionEvent[]): SessionEvent[][] {
  const all: SessionEvent[][] = []
  for (let from = 0; from < events.length; ) {
    const count = countOf(events, from)
    all.push(events.slice(from, from + count))
    from += count
  }
  return all
}
