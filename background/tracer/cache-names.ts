import * as v from 'valibot'
import { askBrowser, type Send } from './remote'
import { isHiddenCache } from './storage-change'

const Names = v.object({ caches: v.array(v.object({ cacheName: v.string() })) })

/** Knows which caches the scripts of an origin can see. */
export interface CacheNames {
  /** Reads them for the first time. */
  watch(origin: string): void
  /** Reads them anew; resolves with whether they changed, which is true where that is not known. */
  changed(origin: string): Promise<boolean>
  forget(): void
}

/**
 * The browser reports a change of the list of caches also for the hidden cache of a background fetch, without saying
 * which cache it was: the names are compared.
 *
 * @param send sends a CDP command to the tab; rejects when it can't
 */
export function createCacheNames(send: Send): CacheNames {
  const known = new Map<string, Promise<string | null>>()

  /** https://chromedevtools.github.io/devtools-protocol/tot/CacheStorage/#method-requestCacheNames */
  const read = async (origin: string): Promise<string | null> => {
    try {
      const storageKey = `${origin}/`
      const { caches } = await askBrowser(send, Names, 'CacheStorage.requestCacheNames', { storageKey })
      return JSON.stringify(caches.map(({ cacheName }) => cacheName).filter((name) => !isHiddenCache(name)))
    } catch {
      return null
    }
  }

  return {
    watch(origin) {
      if (!known.has(origin)) known.set(origin, read(origin))
    },
    async changed(origin) {
      const before = known.get(origin)
      const present = read(origin)
      known.set(origin, present)
      const [old, names] = await Promise.all([before, present])
      return old === undefined || old === null || names === null || old !== names
    },
    forget: () => known.clear(),
  }
}
