import * as v from 'valibot'
import { checkedEvents } from '../../protocol/checked-events'
import type { SessionEvent } from '../../protocol/events'
import { type RecordingPage, SavedRecording, type SavedRecordings } from '../../protocol/recordings'
import { type Database, Recording } from './database'

/** Which tabs are recorded without a panel, and the recordings that are over. */
export interface RecordingStore {
  recordings(): Promise<readonly Recording[]>
  putRecording(recording: Recording): Promise<void>
  /** Forgets that the tab was recorded. */
  removeRecording(tabId: number): Promise<void>
  /** Puts a session in the place of what is over, and drops others: all of it or nothing. */
  finish(
    recording: Recording,
    session: SavedRecording,
    pages: readonly (readonly SessionEvent[])[],
    dropped: readonly string[],
  ): Promise<void>
  list(): Promise<SavedRecordings>
  page(id: string, page: number): Promise<RecordingPage | null>
  remove(ids: readonly string[]): Promise<void>
}

const pagesOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])

/** The recordings in the extension's own database. */
export function openRecordingStore(database: Database): RecordingStore {
  return {
    async recordings() {
      const all: unknown[] = await database((db) => db.getAll('recordings'))
      return all.filter((one) => v.is(Recording, one))
    },
    async putRecording(recording) {
      await database((db) => db.put('recordings', recording))
    },
    removeRecording: (tabId) => database((db) => db.delete('recordings', tabId)),
    finish: (recording, session, pages, dropped) =>
      database(async (db) => {
        const tx = db.transaction(['recordings', 'savedRecordings', 'savedPages'], 'readwrite')
        for (const id of dropped) {
          void tx.objectStore('savedRecordings').delete(id)
          void tx.objectStore('savedPages').delete(pagesOf(id))
        }
        for (const [page, events] of pages.entries()) {
          void tx.objectStore('savedPages').put(events, [session.id, page])
        }
        void tx.objectStore('savedRecordings').put(session)
        void tx.objectStore('recordings').delete(recording.tabId)
        await tx.done
      }),
    async list() {
      const all: unknown[] = await database((db) => db.getAll('savedRecordings'))
      const sessions = all.filter((one) => v.is(SavedRecording, one))
      return { sessions, unreadable: all.length - sessions.length, problem: null }
    },
    async page(id, page) {
      const found: unknown = await database((db) => db.get('savedPages', [id, page]))
      return found === undefined ? null : checkedEvents(found)
    },
    remove: (ids) =>
      database(async (db) => {
        const tx = db.transaction(['savedRecordings', 'savedPages'], 'readwrite')
        for (const id of ids) {
          void tx.objectStore('savedRecordings').delete(id)
          void tx.objectStore('savedPages').delete(pagesOf(id))
        }
        await tx.done
      }),
  }
}
