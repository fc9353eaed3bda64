import type { SessionEvent } from '../protocol/events'

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

/** Events in the order in which they came, in as many parts as messages can carry. */
export function batches(events: readonly SessionEvent[]): SessionEvent[][] {
  const all: SessionEvent[][] = []
  let batch: SessionEvent[] = []
  let sum = 0
  for (const event of events) {
    const more = size(event)
    if (batch.length > 0 && (batch.length === EVENTS || sum + more > MESSAGE)) {
      all.push(batch)
      batch = []
      sum = 0
    }
    batch.push(event)
    sum += more
  }
  if (batch.length > 0) all.push(batch)
  return all
}
