import type { SessionEvent } from '../protocol/events'
import type { Database } from './database'

/** Keeps journals on disk, so that they outlive the background's service worker. */
export interface Store {
  read(tabId: number): Promise<SessionEvent[]>
  /** Resolves when the events are safe. */
  add(tabId: number, events: readonly SessionEvent[]): Promise<void>
  /** Replaces all that is kept for the tab. */
  replace(tabId: number, events: readonly SessionEvent[]): Promise<void>
  remove(tabId: number): Promise<void>
  removeAll(): Promise<void>
}

/** The journals in the extension's own database. */
export function openStore(opened: Database): Store {
  const replace = async (tabId: number, events: readonly SessionEvent[]) => {
    const tx = (await opened()).transaction('batches', 'readwrite', { durability: 'relaxed' })
    for (const key of await tx.store.index('tabId').getAllKeys(tabId)) void tx.store.delete(key)
    if (events.length > 0) void tx.store.add({ tabId, events })
    await tx.done
  }

  return {
    async read(tabId) {
      const batches = await (await opened()).getAllFromIndex('batches', 'tabId', tabId)
      return batches.flatMap((batch) => batch.events)
    },
    async add(tabId, events) {
      const tx = (await opened()).transaction('batches', 'readwrite', { durability: 'relaxed' })
      void tx.store.add({ tabId, events })
      await tx.done
    },
    replace,
    remove: (tabId) => replace(tabId, []),
    async removeAll() {
      await (await opened()).clear('batches')
    },
  }
}
