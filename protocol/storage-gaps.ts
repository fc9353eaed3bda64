import * as v from 'valibot'
import { Count } from './numbers'
import type { StorageItem } from './storage-items'

const text = v.pipe(v.string(), v.maxLength(4096))
const count = Count

/** The kinds of storage that are compared. */
export const areas = [
  'cache-storage',
  'indexeddb',
  'files',
  'local-storage',
  'session-storage',
  'notifications',
  'usage',
] as const
const area = v.picklist(areas)
export type Area = (typeof areas)[number]

/** The kind of storage that an item stands in. */
export const areaOf: Readonly<Record<StorageItem['kind'], Area>> = {
  'cache-entry': 'cache-storage',
  cache: 'cache-storage',
  row: 'indexeddb',
  database: 'indexeddb',
  'object-store': 'indexeddb',
  file: 'files',
  directory: 'files',
  'local-storage': 'local-storage',
  'session-storage': 'session-storage',
  notification: 'notifications',
}

/** Which of the two sides of a comparison the gap is in. */
const side = v.picklist(['baseline', 'now'])

/** What was not compared, and why. Fields only: the panel has the words. */
export const Gap = v.variant('kind', [
  /** The browser refused; `detail` is its own text. */
  v.object({ kind: v.literal('unreadable'), area, side, detail: text }),
  /** Reading was ended as it took too long. */
  v.object({ kind: v.literal('time-limit'), area, side, read: count }),
  /** More caches, databases, stores, files, … than are read. `container` is the database of stores. */
  v.object({
    kind: v.literal('count-limit'),
    of: v.picklist(['caches', 'databases', 'object-stores', 'files', 'directories', 'keys', 'notifications']),
    container: text,
    side,
    unread: v.nullable(count),
  }),
  /** The cache has more entries than are listed: only the URLs of the fetch are looked up in it. */
  v.object({ kind: v.literal('cache-large'), cache: text, side, entries: v.nullable(count) }),
  /**
   * Entries of caches are not listed, as opening a cache could create one that was just deleted: only the URLs of the
   * fetch are looked up. `grown`: bytes by which the caches have grown since the baseline, beyond the entries that were
   * found; 0 where they have shrunk or were overwritten; null where it is not known. Reported only when the caches
   * may hold new entries that were not found.
   */
  v.object({ kind: v.literal('caches-not-listed'), grown: v.nullable(count) }),
  /** The store has more rows than are compared: they are counted. */
  v.object({ kind: v.literal('store-large'), database: text, store: text, side, rows: count }),
  /** The keys of the store were compared and its values were not: a changed row would not be found. */
  v.object({ kind: v.literal('values-not-compared'), database: text, store: text, side }),
  /**
   * Rows that hold more than is read, of which only the sizes of their Blobs, buffers and long texts were compared:
   * others of the same sizes would not be found.
   */
  v.object({ kind: v.literal('contents-not-compared'), database: text, store: text, side, rows: count }),
  /**
   * The caches hold entries under URLs that were not looked up: only the size of all of them was compared, and none was
   * searched for the ID. `bytes`: how much they take; null where it is not known.
   */
  v.object({ kind: v.literal('entries-not-compared'), bytes: v.nullable(count) }),
  /** Storage buckets of the origin other than the default one: nothing in them is read. */
  v.object({ kind: v.literal('buckets-not-read'), side, buckets: count }),
  /** Another connection blocks the database, or it is being upgraded. */
  v.object({ kind: v.literal('database-busy'), database: text, side }),
  v.object({ kind: v.literal('database-error'), database: text, side, detail: text }),
  /** It changed, or was deleted, while it was read. */
  v.object({ kind: v.literal('changed-while-read'), area, container: text, side }),
  /** More URLs than are looked up in large caches. */
  v.object({ kind: v.literal('urls-limit'), unread: count }),
  /** More items differ than are listed. */
  v.object({ kind: v.literal('items-limit'), area, unlisted: count }),
  /** The body's size could not be read without loading it. */
  v.object({ kind: v.literal('body-size'), area, container: text, name: text }),
])
export type Gap = v.InferOutput<typeof Gap>
