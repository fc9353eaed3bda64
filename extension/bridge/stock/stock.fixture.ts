import type { CacheStock } from './caches'
import type { StoreStock } from './databases'
import type { Inventory } from './inventory'
import { keyText } from './key-text'

export const DATABASE = 'pod'
export const STORE = 'downloads'

/** A store with these keys, or one that is too large to list them. For tests. */
export const storeOf = (keys: readonly IDBValidKey[] | number, store = STORE): StoreStock => ({
  database: DATABASE,
  store,
  count: typeof keys === 'number' ? keys : keys.length,
  keys: typeof keys === 'number' ? null : new Map(keys.map((key) => [keyText(key), key])),
})

export const cacheOf = (name: string, urls: readonly string[] | number): CacheStock => ({
  name,
  count: typeof urls === 'number' ? urls : urls.length,
  urls: typeof urls === 'number' ? null : new Set(urls),
})

/** What an origin stores, where only some of it matters. For tests. */
export const inventoryOf = (some: Partial<Inventory> = {}): Inventory => ({
  at: 0,
  caches: [],
  stores: [],
  files: new Map(),
  usage: { total: 0, details: {} },
  cuts: [],
  took: 1,
  ...some,
})
