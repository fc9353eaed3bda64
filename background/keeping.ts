import type { SessionEvent } from '../protocol/events'
import { KEPT_BOUND, type KeepEnd, type KeptList, type KeptPage, type KeptSession } from '../protocol/kept'
import { now } from '../wire/clock'
import { batches } from './batches'
import type { Keep } from './database'
import type { SafeKeptStore } from './kept-memory'

/** How much of a page's address a title holds. */
const MAX_TITLE = 300

export interface Keeping {
  /** The tabs that are recorded also without a panel. */
  all(): Promise<readonly Keep[]>
  put(keep: Keep): Promise<void>
  /** Goes on under another id, as the browser gave the tab one. */
  move(keep: Keep, tabId: number): Promise<void>
  /**
   * Makes a session of the list out of a journal as it is now; resolves when it is safe. Nothing is left of
   * what an incognito tab did.
   */
  finish(keep: Keep, events: readonly SessionEvent[], why: KeepEnd): Promise<void>
  /** The sessions of the list, the newest first. */
  sessions(): Promise<KeptList>
  page(id: string, page: number): Promise<KeptPage | null>
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

const newestFirst = (sessions: readonly KeptSession[]) => [...sessions].sort((a, b) => b.endedAt - a.endedAt)

/** Recordings of tabs, and what becomes of them when they are over. */
export function createKeeping(store: SafeKeptStore, bound = KEPT_BOUND): Keeping {
  let last: Promise<unknown> = Promise.resolve()

  const save = async (keep: Keep, events: readonly SessionEvent[], why: KeepEnd, endedAt: number) => {
    // A page is asked for in one message.
    const pages = batches(events)
    let bytes = 0
    for (const page of pages) bytes += new TextEncoder().encode(JSON.stringify(page)).length
    const others = (await store.list()).sessions.filter(({ id }) => id !== keep.id)
    const dropped = newestFirst(others).slice(bound - 1)
    const session: KeptSession = {
      id: keep.id,
      title: titleOf(events),
      startedAt: keep.startedAt,
      endedAt,
      why,
      events: events.length,
      bytes,
      lost: 0,
      replaced: dropped.map(({ title }) => title),
    }
    const ids = dropped.map(({ id }) => id)
    await store.finish(keep, session, pages, ids)
  }

  return {
    all: () => store.keeps(),
    put: (keep) => store.putKeep(keep),
    async move(keep, tabId) {
      await store.putKeep({ ...keep, tabId })
      await store.removeKeep(keep.tabId)
    },
    finish(keep, events, why) {
      if (keep.incognito) return store.removeKeep(keep.tabId)
      // A restart is noticed when it is over, and nothing was recorded since the last event.
      const endedAt = why === 'restarted' ? (events.at(-1)?.at ?? now()) : now()
      const closing: SessionEvent = {
        producer: `end-of-${keep.id}`,
        seq: 1,
        at: endedAt,
        source: 'panel',
        document: null,
        storageKey: null,
        body: { type: 'keep-ended', why, watched: false },
      }
      const whole = [...events, closing]
      // One after the other: two that end at once must not both take the last place.
      const saved = last.then(() => save(keep, whole, why, endedAt))
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
