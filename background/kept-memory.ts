import { databaseProblemOf } from '../protocol/database-problem'
import type { SessionEvent } from '../protocol/events'
import type { KeptSession } from '../protocol/kept'
import type { Keep } from './database'
import type { KeptStore } from './kept-store'

/** How many recordings are held in memory while they can't be written; the oldest goes when there is one more. */
const MAX_UNSAVED = 5

interface Unsaved {
  readonly keep: Keep
  readonly session: KeptSession
  readonly pages: readonly (readonly SessionEvent[])[]
}

export interface SafeKeptStore extends KeptStore {
  /** Something is in memory only, and gone with the background. */
  readonly unsaved: boolean
  /** Writes what could not be written before, as far as that works now. */
  flush(): Promise<void>
}

/** The same recordings, which go on in memory while the disk fails. What can't be read is said, and why. */
export function withMemory(disk: KeptStore): SafeKeptStore {
  /** What the disk lacks of the tabs that are recorded; null where it has one too many. */
  const keeps = new Map<number, Keep | null>()
  const unsaved = new Map<string, Unsaved>()
  let last: Promise<unknown> = Promise.resolve()

  const flushNow = async () => {
    for (const [tabId, keep] of keeps) {
      await (keep ? disk.putKeep(keep) : disk.removeKeep(tabId))
      if (keeps.get(tabId) === keep) keeps.delete(tabId)
    }
    for (const [id, { keep, session, pages }] of unsaved) {
      await disk.finish(keep, session, pages, [])
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

  const set = (tabId: number, keep: Keep | null) => {
    keeps.set(tabId, keep)
    return flush()
  }

  const hold = async (entry: Unsaved, dropped: readonly string[]) => {
    const { keep, session } = entry
    const lost = [...unsaved.values()].slice(0, Math.max(0, unsaved.size + 1 - MAX_UNSAVED))
    for (const one of lost) unsaved.delete(one.session.id)
    const replaced = [...session.replaced, ...lost.map((one) => one.session.title)]
    unsaved.set(session.id, { ...entry, session: { ...session, replaced } })
    // Where only its events have no room, the disk can say that it was there.
    const stub = { ...session, events: 0, bytes: 0, lost: session.events }
    await disk.finish(keep, stub, [], dropped).then(
      () => keeps.delete(keep.tabId),
      () => keeps.set(keep.tabId, null),
    )
  }

  return {
    get unsaved() {
      return unsaved.size > 0 || keeps.size > 0
    },
    flush,
    async keeps() {
      const all = await disk.keeps().catch(() => [])
      const known = all.filter(({ tabId }) => !keeps.has(tabId))
      return [...known, ...[...keeps.values()].filter((keep) => keep !== null)]
    },
    putKeep: (keep) => set(keep.tabId, keep),
    removeKeep: (tabId) => set(tabId, null),
    async finish(keep, session, pages, dropped) {
      await last
      try {
        await disk.finish(keep, session, pages, dropped)
        keeps.delete(keep.tabId)
      } catch {
        await hold({ keep, session, pages }, dropped)
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
