import { databaseProblemOf } from '../../protocol/database-problem'
import type { SessionEvent } from '../../protocol/events'
import type { SavedRecording } from '../../protocol/recordings'
import type { Recording } from '../store/database'
import type { RecordingStore } from '../store/recordings-store'

/** How many recordings are held in memory while they can't be written; the oldest goes when there is one more. */
const MAX_UNSAVED = 5

interface Unsaved {
  readonly recording: Recording
  readonly session: SavedRecording
  readonly pages: readonly (readonly SessionEvent[])[]
}

export interface LastingRecordingStore extends RecordingStore {
  /** Something is in memory only, and gone with the background. */
  readonly unsaved: boolean
  /** Writes what could not be written before, as far as that works now. */
  flush(): Promise<void>
}

/** The same recordings, which go on in memory while the disk fails. What can't be read is said, and why. */
export function withMemory(disk: RecordingStore): LastingRecordingStore {
  /** What the disk lacks of the tabs that are recorded; null where it has one too many. */
  const recordings = new Map<number, Recording | null>()
  const unsaved = new Map<string, Unsaved>()
  let last: Promise<unknown> = Promise.resolve()

  const flushNow = async () => {
    for (const [tabId, recording] of recordings) {
      await (recording ? disk.putRecording(recording) : disk.removeRecording(tabId))
      if (recordings.get(tabId) === recording) recordings.delete(tabId)
    }
    for (const [id, { recording, session, pages }] of unsaved) {
      await disk.finish(recording, session, pages, [])
      unsaved.delete(id)
    }
  }

  /** One after the other: a tab may be recorded and not recorded in the same moment. */
  const flush = (): Promise<void> => {
    const flushed = last.then(flushNow).catch(() => {
      // Tried again with the next one.
    })
    last = flushed
    return flushed
  }

  const set = (tabId: number, recording: Recording | null) => {
    recordings.set(tabId, recording)
    return flush()
  }

  const hold = async (entry: Unsaved, dropped: readonly string[]) => {
    const { recording, session } = entry
    const lost = [...unsaved.values()].slice(0, Math.max(0, unsaved.size + 1 - MAX_UNSAVED))
    for (const one of lost) unsaved.delete(one.session.id)
    const replaced = [...session.replaced, ...lost.map((one) => one.session.title)]
    unsaved.set(session.id, { ...entry, session: { ...session, replaced } })
    // Where only its events have no room, the disk can say that it was there.
    const stub = { ...session, events: 0, bytes: 0, lost: session.events }
    await disk.finish(recording, stub, [], dropped).then(
      () => recordings.delete(recording.tabId),
      () => recordings.set(recording.tabId, null),
    )
  }

  return {
    get unsaved() {
      return unsaved.size > 0 || recordings.size > 0
    },
    flush,
    async recordings() {
      const all = await disk.recordings().catch(() => [])
      const known = all.filter(({ tabId }) => !recordings.has(tabId))
      return [...known, ...[...recordings.values()].filter((recording) => recording !== null)]
    },
    putRecording: (recording) => set(recording.tabId, recording),
    removeRecording: (tabId) => set(tabId, null),
    async finish(recording, session, pages, dropped) {
      await last
      try {
        await disk.finish(recording, session, pages, dropped)
        recordings.delete(recording.tabId)
      } catch {
        await hold({ recording, session, pages }, dropped)
      }
    },
    async list() {
      await flush()
      const found = await disk.list().catch((error) => {
        return { sessions: [], unreadable: 0, problem: databaseProblemOf(error) }
      })
      const written = found.sessions.filter(({ id }) => !unsaved.has(id))
      const inMemory = [...unsaved.values()].map(({ session }) => ({ ...session, unsaved: true }))
      return { ...found, sessions: [...written, ...inMemory] }
    },
    async page(id, page) {
      const held = unsaved.get(id)
      if (!held) return disk.page(id, page)
      const events = held.pages[page]
      return events ? { events, unreadable: 0 } : null
    },
    async remove(ids) {
      const written = ids.filter((id) => !unsaved.delete(id))
      await disk.remove(ids).catch((error) => {
        // Of what was in memory only, nothing is left.
        if (written.length > 0) throw error
      })
    },
  }
}
