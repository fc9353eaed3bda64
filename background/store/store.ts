import { type CheckedEvents, checkedEvents } from '../../protocol/checked-events'
import type { SessionEvent } from '../../protocol/events'
import type { Database } from './database'

/** Keeps journals on disk, so that they outlive the background's service worker. */
export interface Store {
  read(tabId: number): Promise<CheckedEvents>
  /** Resolves when the events are safe. */
  add(tabId: number, events: readonly SessionEvent[]): Promise<void>
  /** Replaces all that is kept for the tab. */
  replace(tabId: number, events: readonly SessionEvent[]): Promise<void>
  remove(tabId: number): Promise<void>
  removeAll(): Promise<void>
}

/** The journals in the extension's own database. */
export function openStore(database: Database): Store {
  const replace = (tabId: number, events: readonly SessionEvent[]) =>
    database(async (db) => {
      const tx = db.transaction('batches', 'readwrite', { durability: 'relaxed' })
      for (const key of await tx.store.index('tabId').getAllKeys(tabId)) void tx.store.delete(key)
      if (events.length > 0) void tx.store.add({ tabId, events })
      await tx.done
    })

  return {
    async read(tabId) {
      const batches = await database((db) => db.getAllFromIndex('batches', 'tabId', tabId))
      const checked = batches.map((batch) => checkedEvents(batch.events))
      return {
        events: checked.flatMap(({ events }) => events),
        unreadable: checked.reduce((sum, { unreadable }) => sum + unreadable, 0),
      }
    },
    add: (tabId, events) =>
      database(async (db) => {
        const tx = db.transaction('batches', 'readwrite', { durability: 'relaxed' })
        void tx.store.add({ tabId, events })
        await tx.done
      }),
    replace,
    remove: (tabId) => replace(tabId, []),
    removeAll: () => database((db) => db.clear('batches')),
  }
}
