import type { SessionEvent } from '../../protocol/events'
import type { SavedRecording } from '../../protocol/recordings'
import type { Recording } from '../store/database'
import type { RecordingStore } from '../store/recordings-store'
import type { Store } from '../store/store'

/** A tab that is recorded. For tests. */
export const recordingOf = (tabId: number): Recording => ({
  tabId,
  id: `recording-${tabId}`,
  startedAt: 1000 + tabId,
  trace: false,
  incognito: false,
})

export interface MemoryStore extends Store {
  readonly tabs: ReadonlyMap<number, readonly SessionEvent[]>
  /** Writes do not finish before the test lets them. */
  hold(): () => void
}

/** A store that keeps JSON in memory. For tests. */
export function memoryStore(): MemoryStore {
  const tabs = new Map<number, SessionEvent[]>()
  let held: Promise<void> = Promise.resolve()
  const copy = (list: readonly SessionEvent[]): SessionEvent[] => JSON.parse(JSON.stringify(list))
  return {
    tabs,
    hold() {
      let release = () => {}
      held = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    read: async (tabId) => ({ events: copy(tabs.get(tabId) ?? []), unreadable: 0 }),
    async add(tabId, list) {
      await held
      tabs.set(tabId, [...(tabs.get(tabId) ?? []), ...copy(list)])
    },
    async replace(tabId, list) {
      await held
      tabs.set(tabId, copy(list))
    },
    async remove(tabId) {
      tabs.delete(tabId)
    },
    async removeAll() {
      tabs.clear()
    },
  }
}

export interface MemoryRecordingStore extends RecordingStore {
  /** The sessions with their events, in the order in which they were made. */
  readonly all: ReadonlyMap<
    string,
    { readonly session: SavedRecording; readonly events: readonly SessionEvent[] }
  >
  /** As many events as one session may have; more do not fit on the disk. */
  room: number
}

/** Recordings in memory. For tests. */
export function memoryRecordingStore(): MemoryRecordingStore {
  const recordings = new Map<number, Recording>()
  const pagesOf = new Map<string, readonly (readonly SessionEvent[])[]>()
  const sessions = new Map<string, SavedRecording>()
  const store: MemoryRecordingStore = {
    room: Number.POSITIVE_INFINITY,
    get all() {
      return new Map(
        [...sessions].map(([id, session]) => [id, { session, events: (pagesOf.get(id) ?? []).flat() }]),
      )
    },
    recordings: async () => [...recordings.values()],
    async putRecording(recording) {
      recordings.set(recording.tabId, recording)
    },
    async removeRecording(tabId) {
      recordings.delete(tabId)
    },
    async finish(recording, session, pages, dropped) {
      if (pages.flat().length > store.room) throw new Error('QuotaExceededError')
      await store.remove(dropped)
      sessions.set(session.id, session)
      pagesOf.set(session.id, JSON.parse(JSON.stringify(pages)))
      recordings.delete(recording.tabId)
    },
    list: async () => ({ sessions: [...sessions.values()], unreadable: 0, problem: null }),
    async page(id, page) {
      const events = pagesOf.get(id)?.[page]
      return events ? { events, unreadable: 0 } : null
    },
    async remove(ids) {
      for (const id of ids) {
        sessions.delete(id)
        pagesOf.delete(id)
      }
    },
  }
  return store
}
