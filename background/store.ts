import { type DBSchema, openDB } from 'idb'
import type { SessionEvent } from '../protocol/events'

interface Schema extends DBSchema {
  batches: {
    key: number
    value: { tabId: number; events: readonly SessionEvent[] }
    indexes: { tabId: number }
  }
}

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

/** Opens the extension's own database. */
export function openStore(): Store {
  const open = () =>
    openDB<Schema>('sessions', 1, {
      upgrade(db) {
        db.createObjectStore('batches', { autoIncrement: true }).createIndex('tabId', 'tabId')
      },
    })
  let db: ReturnType<typeof open> | undefined
  const opened = () => {
    db ??= open()
    return db
  }

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
