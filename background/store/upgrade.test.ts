import { expect, test } from 'vitest'
import { upgrade } from './upgrade'

/** A database with these stores, of which it notes what becomes; as in a browser, no store can be made twice. */
function databaseWith(...names: readonly string[]) {
  const stores = new Map<string, unknown>(names.map((name) => [name, 'before']))
  const indexes: unknown[] = []
  const db = {
    get objectStoreNames() {
      return [...stores.keys()] as unknown as DOMStringList
    },
    createObjectStore(name: string, options: unknown = {}) {
      if (stores.has(name)) throw new Error(`There is a store ${name}.`)
      stores.set(name, options)
      return { createIndex: (...index: unknown[]) => void indexes.push(index) } as unknown as IDBObjectStore
    },
    deleteObjectStore: (name: string) => void stores.delete(name),
  }
  return { db, stores, indexes }
}

const OTHERS = { recordings: { keyPath: 'tabId' }, savedRecordings: { keyPath: 'id' }, savedPages: {} }

test('a new database has all stores', () => {
  const { db, stores, indexes } = databaseWith()
  upgrade(db, 0)
  expect(Object.fromEntries(stores)).toEqual({ batches: { autoIncrement: true }, ...OTHERS })
  expect(indexes).toEqual([['tabId', 'tabId']])
})

test.each<[number, readonly string[]]>([
  [1, ['batches']],
  [2, ['batches', 'keeps', 'kept', 'keptPages']],
  [2, ['batches', 'recordings', 'savedRecordings', 'savedPages']],
])('of version %d the journals stay, and what has another form goes: %j', (before, names) => {
  const { db, stores } = databaseWith(...names)
  upgrade(db, before)
  expect(Object.fromEntries(stores)).toEqual({ batches: 'before', ...OTHERS })
})
