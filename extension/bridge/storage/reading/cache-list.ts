import { now } from '../../../../wire/clock'
import { createBudget } from './budget'
import { type FoundEntry, isComplete, lookUp } from './caches'

/** Caches that are listed at most, and entries in all of them. */
const MAX_CACHES = 50
const MAX_ENTRIES = 2000
/** Entries that are read for their contents, and their bytes. */
const MAX_READ = 200
const MAX_READ_BYTES = 4 * 2 ** 20
/** Milliseconds that listing may take. */
const TOTAL = 1000

/** Which entries the caches of the origin have. */
export interface CacheList {
  /** Bytes that all caches use, before and after they were listed: with other bytes the list is out of date. */
  readonly bytes: number
  readonly urls: readonly string[]
  readonly at: number
  /** All entries with their contents; null where there are too many. */
  readonly entries: readonly FoundEntry[] | null
}

/**
 * Lists the entries of all caches. That takes `caches.open()`, which would create a cache that was deleted a moment ago:
 * only for times at which nothing of the site's changes, and no handler runs.
 *
 * @param readBytes bytes that all caches use; null where the browser does not say
 * @returns null where they can't be listed within bounds, or changed meanwhile
 */
export async function listCaches(readBytes: () => Promise<number | null>): Promise<CacheList | null> {
  const budget = createBudget(TOTAL)
  const bytes = await readBytes()
  const names = await caches.keys()
  if (bytes === null || names.length > MAX_CACHES) return null
  const urls: string[] = []
  for (const name of names) {
    await budget.turn()
    if (budget.over || !(await caches.has(name))) return null
    const requests = await (await caches.open(name)).keys()
    if (urls.length + requests.length > MAX_ENTRIES) return null
    for (const { url } of requests) urls.push(url)
  }
  const few = urls.length <= MAX_READ && bytes <= MAX_READ_BYTES
  const found = few ? await lookUp(names, [...new Set(urls)], budget) : null
  const entries = found && isComplete(found) ? found.entries : null
  return (await readBytes()) === bytes ? { bytes, urls, at: now(), entries } : null
}
