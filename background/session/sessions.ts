import { DatabaseError } from '../../protocol/database-problem'
import { browser } from '../../wire/browser'
import type { RequestObserver } from '../network/request-observer'
import type { Recordings } from '../recording/recordings'
import type { Store } from '../store/store'
import { createPanelAborts } from './causes/panel-aborts'
import type { HandedOver } from './handed-over'
import { createSession, type Session } from './session'

/** After how long a disk that failed is tried again, in milliseconds. */
const RETRY_AFTER = 5000
/** After the background's start, how long a tab that is recorded gets to be there, in milliseconds. */
const ORPHAN_AFTER = 3000

export interface Sessions {
  /** The session of a tab; the first call makes it. */
  of(tabId: number): Session
  /** The session of a tab that is watched or recorded. */
  find(tabId: number): Promise<Session | undefined>
  accessChanged(): void
  /** The browser, or the extension, was started again: ids of tabs mean nothing, and what was recorded is over. */
  restarted(): void
  /** A tab was closed. */
  removed(tabId: number): Promise<void>
  /** The browser gave a tab another id. */
  replaced(added: number, removed: number): Promise<void>
}

const exists = (tabId: number) =>
  browser.tabs.get(tabId).then(
    () => true,
    () => false,
  )

const isDiscarded = (tabId: number) =>
  browser.tabs.get(tabId).then(
    ({ discarded }) => discarded === true,
    () => false,
  )

/** The sessions of all tabs, and what becomes of them as tabs come and go. */
export function createSessions(
  disk: Store,
  recordings: Recordings,
  requestObserver?: RequestObserver,
): Sessions {
  const sessions = new Map<number, Session>()
  const panelAborts = createPanelAborts()
  /** Ids that a tab had before: DevTools goes on using the one that it was opened with. */
  const renamed = new Map<number, number>()
  /** What is on disk is of another start of the browser, and not of these tabs. */
  let stale = false

  /** Calls until it has worked once. */
  const persist = async (job: () => Promise<void>): Promise<void> => {
    try {
      await job()
    } catch {
      setTimeout(persist, RETRY_AFTER, job)
    }
  }

  /** What the disk does once it holds nothing of before. */
  const fresh = async <T>(job: () => Promise<T>): Promise<T> => {
    if (stale) throw new DatabaseError('earlier-start')
    return job()
  }

  const store: Store = {
    removeAll: disk.removeAll,
    read: (tabId) => fresh(() => disk.read(tabId)),
    add: (tabId, events) => fresh(() => disk.add(tabId, events)),
    replace: (tabId, events) => fresh(() => disk.replace(tabId, events)),
    remove: (tabId) => persist(() => disk.remove(tabId)),
  }

  const of = (id: number): Session => {
    const tabId = renamed.get(id) ?? id
    const known = sessions.get(tabId)
    if (known) return known
    const made = createSession(tabId, store, recordings, undefined, panelAborts, requestObserver)
    sessions.set(tabId, made)
    return made
  }

  const forget = async (tabId: number, session: Session | undefined) => {
    await session?.closed()
    sessions.delete(tabId)
    for (const [before, after] of renamed) if (after === tabId) renamed.delete(before)
    await store.remove(tabId)
  }

  /** The sessions of tabs that are recorded without a panel are there again. */
  let ready = (async () => {
    for (const { tabId } of await recordings.all()) of(tabId)
  })()

  /** A tab that went while nobody noticed: what was recorded of it is not to be lost. */
  const endOrphans = async () => {
    await ready
    for (const { tabId } of await recordings.all()) {
      if (await exists(tabId)) continue
      const session = of(tabId)
      await session.endRecording('tab-gone')
      await forget(tabId, session)
    }
  }
  setTimeout(endOrphans, ORPHAN_AFTER)

  const restart = async (before: Promise<void>) => {
    await before
    for (const { tabId } of await recordings.all()) {
      await of(tabId).endRecording('restarted')
      sessions.delete(tabId)
    }
    stale = true
    await persist(async () => {
      await disk.removeAll()
      stale = false
    })
  }

  return {
    of,
    async find(tabId) {
      await ready
      return sessions.get(tabId)
    },
    accessChanged() {
      for (const session of sessions.values()) session.accessChanged()
    },
    restarted() {
      ready = restart(ready)
    },
    async removed(tabId) {
      await ready
      await forget(tabId, sessions.get(tabId))
    },
    async replaced(added, removed) {
      await ready
      const session = sessions.get(removed)
      if (!session) return
      const handOver = async (): Promise<HandedOver> => {
        const [handed, discarded] = await Promise.all([session.handOver(), isDiscarded(added)])
        return { ...handed, discarded, safe: () => void store.remove(removed) }
      }
      sessions.delete(removed)
      renamed.set(removed, added)
      for (const [before, after] of renamed) if (after === removed) renamed.set(before, added)
      sessions.set(added, createSession(added, store, recordings, handOver(), panelAborts, requestObserver))
    },
  }
}
