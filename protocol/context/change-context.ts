import type { SessionEvent } from '../events'

/** So many caches and object stores that changed stay for each end of a fetch. */
const MAX_PLACES = 1000

/** The end of a fetch, or of its listeners: what changes after it in the storage of its origin may be the work of its handler. */
interface End {
  readonly at: number
  readonly origin: string
  readonly places: Set<string>
}

/**
 * The changes of the storage that must stay, as a verdict may have to say that what changed was not read: after each end of a fetch that
 * stays, and after its listeners have returned, the first change in each cache and object store.
 *
 * @param endsIn the origins in whose storage the event is the end of a fetch that stays, or of its listeners
 */
export function changeContext(
  old: readonly SessionEvent[],
  endsIn: (event: SessionEvent) => Iterable<string>,
): ReadonlySet<SessionEvent> {
  const context = new Set<SessionEvent>()
  const ends: End[] = []
  for (const event of old) {
    const { body, at } = event
    for (const origin of endsIn(event)) ends.push({ at, origin, places: new Set() })
    if (body.type !== 'storage-changed') continue
    if (body.kind !== 'cache-content' && body.kind !== 'indexeddb-content') continue
    const place = JSON.stringify([body.kind, body.name, body.store])
    for (const end of ends) {
      if (end.origin !== body.origin || at < end.at) continue
      if (end.places.has(place) || end.places.size >= MAX_PLACES) continue
      end.places.add(place)
      context.add(event)
    }
  }
  return context
}
