import { now } from '../../../../wire/clock'
import { otherBytes } from '../accounting'
import { createBudget } from './budget'
import { type FoundEntry, isComplete, lookUp } from './caches'

/** URLs that are looked up, bytes of caches in which that is done, and the milliseconds that it may take. */
const MAX_URLS = 400
const MAX_BYTES = 4 * 2 ** 20
const TOTAL = 1000

/** All entries of the origin's caches at one moment. */
export interface KnownEntries {
  readonly at: number
  /** Bytes that the caches used then: with other bytes something has changed. */
  readonly bytes: number
  readonly entries: readonly FoundEntry[]
}

/**
 * Finds all entries of the caches without listing them, as that takes `caches.open()`, which creates a cache that was deleted
 * a moment ago. Those under the given URLs are all where they account for the bytes that the caches use.
 *
 * @param urls under which something may be
 * @param readBytes bytes that all caches use; null where the browser does not say
 * @returns null where there are others, or it can't be known
 */
export async function readKnownEntries(
  urls: readonly string[],
  readBytes: () => Promise<number | null>,
): Promise<KnownEntries | null> {
  const at = now()
  const bytes = await readBytes()
  if (bytes === null || bytes > MAX_BYTES) return null
  if (bytes === 0) return { at, bytes, entries: [] }
  const found = await lookUp(await caches.keys(), [...new Set(urls)].slice(0, MAX_URLS), createBudget(TOTAL))
  if (!isComplete(found) || otherBytes(bytes, found.entries) !== undefined) return null
  return (await readBytes()) === bytes ? { at, bytes, entries: found.entries } : null
}
