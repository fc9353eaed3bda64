import type { SessionEvent } from '../protocol/events'
import type { KeptSession } from '../protocol/kept'
import type { Database, Keep } from './database'

/** Keeps on disk which tabs are recorded without a panel, and the recordings that are over. */
export interface KeptStore {
  keeps(): Promise<readonly Keep[]>
  putKeep(keep: Keep): Promise<void>
  /** Forgets that the tab was recorded. */
  removeKeep(tabId: number): Promise<void>
  /** Puts a session in the place of what is over, and lets go of others: all of it or nothing. */
  finish(
    keep: Keep,
    session: KeptSession,
    pages: readonly (readonly SessionEvent[])[],
    dropped: readonly string[],
  ): Promise<void>
  sessions(): Promise<readonly KeptSession[]>
  page(id: string, page: number): Promise<readonly SessionEvent[] | null>
  remove(ids: readonly string[]): Promise<void>
}

const pagesOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])

/** The recordings in the extension's own database. */
export function openKeptStore(opened: Database): KeptStore {
  return {
    async keeps() {
      return (await opened()).getAll('keeps')
    },
    async putKeep(keep) {
      await (await opened()).put('keeps', keep)
    },
    async removeKeep(tabId) {
      await (await opened()).delete('keeps', tabId)
    },
    async finish(keep, session, pages, dropped) {
      const tx = (await opened()).transaction(['keeps', 'kept', 'keptPages'], 'readwrite')
      for (const id of dropped) {
        void tx.objectStore('kept').delete(id)
        void tx.objectStore('keptPages').delete(pagesOf(id))
      }
      for (const [page, events] of pages.entries()) {
        void tx.objectStore('keptPages').put(events, [session.id, page])
      }
      void tx.objectStore('kept').put(session)
      void tx.objectStore('keeps').delete(keep.tabId)
      await tx.done
    },
    async sessions() {
      return (await opened()).getAll('kept')
    },
    async page(id, page) {
      return (await (await opened()).get('keptPages', [id, page])) ?? null
    },
    async remove(ids) {
      const tx = (await opened()).transaction(['kept', 'keptPages'], 'readwrite')
      for (const id of ids) {
        void tx.objectStore('kept').delete(id)
        void tx.objectStore('keptPages').delete(pagesOf(id))
      }
      await tx.done
    },
  }
}
