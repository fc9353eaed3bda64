import { keyText, valueText } from './key-text'

/** Databases, object stores, and rows of a store whose keys are listed. */
const MAX_DATABASES = 20
const MAX_STORES = 40
const MAX_KEYS = 1000
/** How long a database may take to open before it counts as busy, in milliseconds. */
const PATIENCE = 500

export interface StoreStock {
  readonly database: string
  readonly store: string
  readonly count: number
  /** Text of each key; null when there are too many. */
  readonly keys: ReadonlyMap<string, IDBValidKey> | null
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Databases whose opening has not been answered yet. */
const waiting = new Set<string>()

/**
 * Opens a database that exists, as it is. Never creates or upgrades one, and never stands in the way of
 * somebody who does: it closes at once on `versionchange`.
 *
 * @returns undefined when the database is gone, or busy
 */
function openExisting(name: string): Promise<IDBDatabase | undefined> {
  // One request waits; more would only pile up behind it.
  if (waiting.has(name)) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    waiting.add(name)
    const request = indexedDB.open(name)
    let late = false
    const timer = setTimeout(() => {
      late = true
      resolve(undefined)
    }, PATIENCE)
    const end = (db?: IDBDatabase) => {
      clearTimeout(timer)
      waiting.delete(name)
      if (late) db?.close()
      else resolve(db)
    }
    // It was deleted meanwhile: aborting keeps it from being made anew.
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = (event) => {
      event.preventDefault()
      end()
    }
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close()
      end(request.result)
    }
  })
}

async function readStore(db: IDBDatabase, store: string): Promise<StoreStock> {
  const objects = db.transaction(store).objectStore(store)
  const [count, keys] = await Promise.all([
    done(objects.count()),
    done(objects.getAllKeys(null, MAX_KEYS + 1)),
  ])
  const few = keys.length <= MAX_KEYS
  return {
    database: db.name,
    store,
    count,
    keys: few ? new Map(keys.map((key) => [keyText(key), key])) : null,
  }
}

/** Lists the stores of every database of the origin, with their keys where they are few. */
export async function readDatabases(cuts: string[]): Promise<StoreStock[]> {
  const list = await indexedDB.databases()
  if (list.length > MAX_DATABASES) cuts.push(`${list.length - MAX_DATABASES} databases were not read`)
  const stocks: StoreStock[] = []
  for (const { name } of list.slice(0, MAX_DATABASES)) {
    if (name === undefined) continue
    const db = await openExisting(name)
    if (!db) {
      cuts.push(`database ${name} is busy or gone`)
      continue
    }
    try {
      const stores = [...db.objectStoreNames]
      if (stores.length > MAX_STORES)
        cuts.push(`${stores.length - MAX_STORES} stores of ${name} were not read`)
      for (const store of stores.slice(0, MAX_STORES)) {
        const stock = await readStore(db, store)
        if (!stock.keys)
          cuts.push(`${name}/${store} has ${stock.count} rows: they were counted, not compared`)
        stocks.push(stock)
      }
    } catch (error) {
      cuts.push(`database ${name}: ${error instanceof Error ? error.message : error}`)
    } finally {
      db.close()
    }
  }
  return stocks
}

/** Reads the values behind some keys of a store, as bounded text. Rows that are gone are left out. */
export async function readValues(
  database: string,
  store: string,
  keys: readonly IDBValidKey[],
  cuts: string[],
): Promise<{ key: string; value: string }[]> {
  const db = await openExisting(database)
  if (!db) {
    cuts.push(`database ${database} is busy or gone`)
    return []
  }
  try {
    const objects = db.transaction(store).objectStore(store)
    const values = await Promise.all(keys.map((key) => done<unknown>(objects.get(key))))
    return keys.flatMap((key, i) =>
      values[i] === undefined ? [] : [{ key: keyText(key), value: valueText(values[i]) }],
    )
  } catch {
    cuts.push(`${database}/${store} changed while it was read`)
    return []
  } finally {
    db.close()
  }
}
