import type { SessionEvent } from '../../protocol/events'
import {
  MAX_SAVED_RECORDINGS,
  type RecordingEnd,
  type RecordingPage,
  type SavedRecording,
  type SavedRecordings,
} from '../../protocol/recordings'
import { now } from '../../wire/clock'
import { batches } from '../store/batches'
import type { Recording } from '../store/database'
import type { LastingRecordingStore } from './recordings-memory'

/** How much of a page's address a title holds. */
const MAX_TITLE = 300

export interface Recordings {
  /** The tabs that are recorded also without a panel. */
  all(): Promise<readonly Recording[]>
  put(recording: Recording): Promise<void>
  /** Goes on under another id, as the browser gave the tab one. */
  move(recording: Recording, tabId: number): Promise<void>
  /**
   * Makes a session of the list out of a journal as it is now; resolves when it is safe. Nothing is left of
   * what an incognito tab did.
   */
  finish(recording: Recording, events: readonly SessionEvent[], why: RecordingEnd): Promise<void>
  /** The sessions of the list, the newest first. */
  sessions(): Promise<SavedRecordings>
  page(id: string, page: number): Promise<RecordingPage | null>
  remove(ids: readonly string[]): Promise<void>
  /** Something is in memory only, and gone with the background. */
  readonly unsaved: boolean
  /** Writes what could not be written before, as far as that works now. */
  flush(): Promise<void>
}

/** Host and path of what the tab showed last. */
export function titleOf(events: readonly SessionEvent[]): string {
  for (let i = events.length - 1; i >= 0; i--) {
    const body = events[i]?.body
    const shown = body?.type === 'navigated' || (body?.type === 'frame' && body.top)
    if (!shown || !URL.canParse(body.url)) continue
    const { host, pathname } = new URL(body.url)
    return `${host}${pathname}`.slice(0, MAX_TITLE)
  }
  return ''
}

const newestFirst = (sessions: readonly SavedRecording[]) =>
  [...sessions].sort((a, b) => b.endedAt - a.endedAt)

/** Recordings of tabs, and what becomes of them when they are over. */
export function createRecordings(store: LastingRecordingStore, bound = MAX_SAVED_RECORDINGS): Recordings {
  let last: Promise<unknown> = Promise.resolve()

  const save = async (
    recording: Recording,
    events: readonly SessionEvent[],
    why: RecordingEnd,
    endedAt: number,
  ) => {
    // A page is asked for in one message.
    const pages = batches(events)
    let bytes = 0
    for (const page of pages) bytes += new TextEncoder().encode(JSON.stringify(page)).length
    const others = (await store.list()).sessions.filter(({ id }) => id !== recording.id)
    const dropped = newestFirst(others).slice(bound - 1)
    const session: SavedRecording = {
      id: recording.id,
      title: titleOf(events),
      startedAt: recording.startedAt,
      endedAt,
      why,
      events: events.length,
      bytes,
      lost: 0,
      replaced: dropped.map(({ title }) => title),
    }
    const ids = dropped.map(({ id }) => id)
    await store.finish(recording, session, pages, ids)
  }

  return {
    all: () => store.recordings(),
    put: (recording) => store.putRecording(recording),
    async move(recording, tabId) {
      await store.putRecording({ ...recording, tabId })
      await store.removeRecording(recording.tabId)
    },
    finish(recording, events, why) {
      if (recording.incognito) return store.removeRecording(recording.tabId)
      // A restart is noticed when it is over, and nothing was recorded since the last event.
      const endedAt = why === 'restarted' ? (events.at(-1)?.at ?? now()) : now()
      const closing: SessionEvent = {
        producer: `end-of-${recording.id}`,
        seq: 1,
        at: endedAt,
        source: 'panel',
        document: null,
        storageKey: null,
        body: { type: 'recording-ended', why, watched: false },
      }
      const whole = [...events, closing]
      // One after the other: two that end at once must not both take the last place.
      const saved = last.then(() => save(recording, whole, why, endedAt))
      last = saved.catch(() => {})
      return saved
    },
    async sessions() {
      const found = await store.list()
      return { ...found, sessions: newestFirst(found.sessions) }
    },
    page: store.page,
    remove: store.remove,
    get unsaved() {
      return store.unsaved
    },
    flush: store.flush,
  }
}
