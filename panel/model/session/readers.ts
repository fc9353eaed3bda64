import type { SessionEvent } from '../../../protocol/events'
import type { StorageSnapshot } from '../../../protocol/storage-events'
import type { Fetch } from './view'

/** Which page had read the storage for a fetch first: what it had read goes with it. */
export interface Readers {
  /** The page of this event has a baseline for a fetch: what was stored before it, or when it was found while it ran. */
  add(event: SessionEvent, fetch: Fetch, baseline: 'before' | 'first-seen'): void
  /** Whether a snapshot of another page is without the baseline that the first one had. */
  hasLost(event: SessionEvent, fetch: Fetch, body: Pick<StorageSnapshot, 'baseline'>): boolean
}

/** None at first. */
export function createReaders(): Readers {
  const first = new WeakMap<Fetch, { readonly producer: string; readonly baseline: string }>()
  return {
    add({ producer }, fetch, baseline) {
      if (!first.has(fetch)) first.set(fetch, { producer, baseline })
    },
    hasLost({ producer }, fetch, { baseline }) {
      const reader = first.get(fetch)
      if (!reader || reader.producer === producer) return false
      return baseline === 'none' || (baseline === 'first-seen' && reader.baseline === 'before')
    },
  }
}
