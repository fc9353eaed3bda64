import type { StorageChanged } from '../../protocol/storage-events'
import { now } from '../../wire/clock'
import { createCacheNames } from './cache-names'
import type { Send } from './remote'

/**
 * Each change of what is in a database is followed by one of the list of databases, which has not changed then. This is how soon, in
 * milliseconds.
 */
const WITH_CONTENT = 100

/** Which sites' storage the browser reports about while the tracer is attached. */
export interface Sites {
  /** A worker of this origin is traced: what changes in its storage belongs in the log. */
  trace(origin: string): void
  /** Asks for what the tab's pages have, as far as it was not asked for yet. */
  askForPages(): void
  traces(origin: string): boolean
  /** Calls back when the change is one that belongs in the log: at once, or once the browser was asked. */
  confirm(change: StorageChanged, report: () => void): void
  /** The tracer is not attached any more. */
  forget(): void
}

/**
 * Asks the browser to report changes in the storage of sites.
 *
 * @param send sends a CDP command to the tab; rejects when it can't
 * @param pages origins of the tab's pages
 * @param announced gets the origins of which the browser announces each new background fetch at once, whenever they change
 */
export function createSites(
  send: Send,
  pages: () => Iterable<string>,
  announced: (origins: ReadonlySet<string>) => void,
): Sites {
  const asked = new Set<string>()
  const traced = new Set<string>()
  const announcing = new Set<string>()
  const cacheNames = createCacheNames(send)
  /** When the content of a database changed for the last time, by origin. */
  const contentAt = new Map<string, number>()

  const ask = (kind: 'CacheStorage' | 'IndexedDB', origin: string) => {
    const method = `Storage.track${kind}ForStorageKey`
    const storageKey = `${origin}/`
    const name = `${method} ${storageKey}`
    if (asked.has(name)) return
    asked.add(name)
    send(method, { storageKey }).then(
      () => {
        if (kind !== 'CacheStorage' || !asked.has(name)) return
        announcing.add(origin)
        announced(announcing)
      },
      // Its changes have no rows then; snapshots are compared all the same, and fetches are looked for.
      () => asked.delete(name),
    )
  }

  return {
    trace(origin) {
      traced.add(origin)
      ask('CacheStorage', origin)
      ask('IndexedDB', origin)
      cacheNames.watch(origin)
    },
    askForPages() {
      for (const origin of pages()) ask('CacheStorage', origin)
    },
    traces: (origin) => traced.has(origin),
    confirm({ origin, kind }, report) {
      if (!traced.has(origin)) return
      if (kind === 'indexeddb-content') contentAt.set(origin, now())
      if (kind === 'indexeddb-list') {
        const since = now() - (contentAt.get(origin) ?? 0)
        // One of them: a database may be deleted right after a row.
        contentAt.delete(origin)
        if (since < WITH_CONTENT) return
      }
      if (kind !== 'cache-list') return report()
      void cacheNames.changed(origin).then((changed) => {
        if (changed && traced.has(origin)) report()
      })
    },
    forget() {
      asked.clear()
      traced.clear()
      announcing.clear()
      cacheNames.forget()
      contentAt.clear()
      announced(announcing)
    },
  }
}
