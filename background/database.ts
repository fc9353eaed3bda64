import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { SessionEvent } from '../protocol/events'
import type { KeptSession } from '../protocol/kept'

/** A tab that is recorded also without a panel. */
export interface Keep {
  readonly tabId: number
  /** Names the recording, and the session that it will be. */
  readonly id: string
  readonly startedAt: number
  /** Its service workers are traced. */
  readonly trace: boolean
  /** Nothing of it may stay when it is over. */
  readonly incognito: boolean
}

export interface Schema extends DBSchema {
  batches: {
    key: number
    value: { tabId: number; events: readonly SessionEvent[] }
    indexes: { tabId: number }
  }
  keeps: { key: number; value: Keep }
  kept: { key: string; value: KeptSession }
  /** The events of a kept session, by its name and counted from 0. */
  keptPages: { key: [id: string, page: number]; value: readonly SessionEvent[] }
}

export type Database = () => Promise<IDBPDatabase<Schema>>

/** The extension's own database; it is opened when it is used first. */
export function openDatabase(): Database {
  const open = () =>
    openDB<Schema>('sessions', 2, {
      upgrade(db, before) {
        if (before < 1) db.createObjectStore('batches', { autoIncrement: true }).createIndex('tabId', 'tabId')
        db.createObjectStore('keeps', { keyPath: 'tabId' })
        db.createObjectStore('kept', { keyPath: 'id' })
        db.createObjectStore('keptPages')
      },
      // The browser closed it: its storage was cleared, or the disk has failed.
      terminated: () => again(),
    })
  let db: ReturnType<typeof open> | undefined
  const again = () => {
    db = undefined
  }
  return () => {
    // What failed may work the next time.
    db ??= open().catch((error) => {
      again()
      throw error
    })
    return db
  }
}
