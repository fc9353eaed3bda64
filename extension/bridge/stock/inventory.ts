import type { Usage } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import { errorText } from '../snapshot'
import { type CacheStock, readCaches } from './caches'
import { readDatabases, type StoreStock } from './databases'
import { readFiles } from './files'

/** All that the origin stores, at one moment, as far as it can be read within bounds. */
export interface Inventory {
  readonly at: number
  readonly caches: readonly CacheStock[]
  readonly stores: readonly StoreStock[]
  readonly files: ReadonlyMap<string, number>
  readonly usage: Usage | null
  readonly cuts: readonly string[]
  readonly took: number
}

/** Bytes that the origin uses, by kind. */
export async function readUsage(): Promise<Usage | null> {
  // Chromium tells the bytes by kind; lib.dom does not know it.
  const estimate: StorageEstimate & { usageDetails?: Record<string, number> } =
    await navigator.storage.estimate()
  return { total: estimate.usage ?? 0, details: { ...estimate.usageDetails } }
}

/** Takes stock of the frame's origin. Never rejects: what can't be read is said in `cuts`. */
export async function takeStock(): Promise<Inventory> {
  const at = now()
  const cuts: string[] = []
  const or = async <T>(name: string, read: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read
    } catch (error) {
      cuts.push(`${name} can’t be read: ${errorText(error)}`)
      return otherwise
    }
  }
  // First: where it reads the same later on, nothing that was read after it has changed.
  const usage = await or('storage.estimate()', readUsage(), null)
  const [cacheStocks, stores, files] = await Promise.all([
    or('Cache Storage', readCaches(cuts), []),
    or('IndexedDB', readDatabases(cuts), []),
    or('the private file system', readFiles(cuts), new Map<string, number>()),
  ])
  return { at, caches: cacheStocks, stores, files, usage, cuts: [...new Set(cuts)], took: now() - at }
}
