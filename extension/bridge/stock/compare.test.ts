import { expect, test } from 'vitest'
import { counts, mentions, newFiles, newKeys, newRows } from './compare'
import { cacheOf, DATABASE, inventoryOf, STORE, storeOf } from './stock.fixture'

const row = (key: string, value = '') => ({ database: DATABASE, store: STORE, key, value })

test.each([
  ['ep-1', 'ep-1'],
  ['parts/ep-1.part', 'ep-1'],
  ['[ep-1, 3]', 'ep-1'],
  ['state downloading id ep-1', 'ep-1'],
  ['ep-12 and ep-1', 'ep-1'],
  ['“Füße” läuft', 'Füße'],
  ['第一集 完', '第一集'],
  ['a b', 'a b'],
])('%j speaks of %j', (text, id) => expect(mentions(text, id)).toBe(true))

test.each([
  ['ep-12', 'ep-1'],
  ['ep-1-2', 'ep-1'],
  ['ep-1_b', 'ep-1'],
  ['my-ep-1', 'ep-1'],
  ['step-1', 'ep-1'],
  ['Füßen', 'Füße'],
  ['第一集二', '第一集'],
  ['cafe\u0301', 'cafe'],
  ['𝒜ep-1', 'ep-1'],
  ['ep-1𝒜', 'ep-1'],
  ['', 'ep-1'],
])('%j does not speak of %j', (text, id) => expect(mentions(text, id)).toBe(false))

test('an id of one or two letters is found where it stands alone, and nowhere else', () => {
  expect(mentions('a', 'a')).toBe(true)
  expect(mentions('a b', 'a')).toBe(false)
  expect(mentions('7', '7')).toBe(true)
  expect(mentions('count 7', '7')).toBe(false)
})

test('an empty id is found nowhere but in nothing', () => {
  expect(mentions('anything', '')).toBe(false)
})

test('rows that were there before the fetch are not new', () => {
  const before = inventoryOf({ stores: [storeOf(['old', 3])] })
  const present = inventoryOf({ stores: [storeOf(['old', 3, 'new', '3x'])] })
  const cuts: string[] = []
  expect(newKeys(before, present, cuts)).toEqual([{ database: DATABASE, store: STORE, keys: ['new', '3x'] }])
  expect(cuts).toEqual([])
})

test('all rows of a store that was not there before are new', () => {
  const present = inventoryOf({ stores: [storeOf(['a', 'b'])] })
  expect(newKeys(inventoryOf(), present, [])).toHaveLength(1)
})

test('at first sight all rows are read', () => {
  const present = inventoryOf({ stores: [storeOf(['a', 'b'])] })
  expect(newKeys(null, present, [])[0]?.keys).toEqual(['a', 'b'])
})

test('a store that is too large on one of the sides is not compared', () => {
  const large = inventoryOf({ stores: [storeOf(5000)] })
  const small = inventoryOf({ stores: [storeOf(['a'])] })
  expect(newKeys(large, small, [])).toEqual([])
  expect(newKeys(small, large, [])).toEqual([])
})

test.each([
  'database pod is busy or gone',
  'IndexedDB can’t be read: AbortError',
  '3 databases were not read',
  '2 stores of pod were not read',
])('a store that was not read before the fetch is not compared: %s', (cut) => {
  const present = inventoryOf({ stores: [storeOf(['ep-1'])] })
  const cuts: string[] = []
  expect(newKeys(inventoryOf({ cuts: [cut] }), present, cuts)).toEqual([])
  expect(cuts).toEqual(['pod/downloads was not read before the fetch: it is not compared'])
})

test('a large store beside it does not keep a store from being compared', () => {
  const cuts = [
    'other/rows has 100000 rows: they were counted, not compared',
    'database podcast is busy or gone',
  ]
  const present = inventoryOf({ stores: [storeOf(['ep-1'])] })
  expect(newKeys(inventoryOf({ cuts }), present, [])).toHaveLength(1)
})

test('rows beyond the bound are not named, and that is said', () => {
  const many = Array.from({ length: 230 }, (_, n) => n)
  const present = inventoryOf({ stores: [storeOf(many), storeOf(['a', 'b'], 'second')] })
  const cuts: string[] = []
  const found = newKeys(inventoryOf(), present, cuts)
  expect(found.map(({ keys }) => keys.length)).toEqual([200])
  expect(cuts).toEqual([
    '30 new rows of pod/downloads are not named',
    '2 new rows of pod/second are not named',
  ])
})

test('a row belongs to the fetch by its key or by its value', () => {
  const rows = newRows([row('ep-1'), row('k', 'for ep-1'), row('ep-12', 'ep-1-2')], null, 'ep-1')
  expect(rows.map(({ related }) => related)).toEqual([true, true, false])
})

test('a number in a value is no id, and in a key it is', () => {
  const rows = newRows([row('100'), row('k', 'bytes 100')], null, '100')
  expect(rows.map(({ related }) => related)).toEqual([true, false])
  expect(newRows([row('k', 'fetch 1700000000000')], null, '1700000000000')[0]?.related).toBe(true)
})

test('a row that was there at first sight says so, and is left out when it is not about the fetch', () => {
  const first = inventoryOf({ stores: [storeOf(['ep-1', 'other'])] })
  expect(newRows([row('ep-1'), row('other'), row('new')], first, 'ep-1')).toMatchObject([
    { key: 'ep-1', atFirstSight: true },
    { key: 'new', atFirstSight: false },
  ])
})

test('where nobody can tell what was there at first sight, a row counts as there', () => {
  const large = inventoryOf({ stores: [storeOf(5000)] })
  const busy = inventoryOf({ cuts: ['database pod is busy or gone'] })
  for (const first of [large, busy]) {
    expect(newRows([row('ep-1')], first, 'ep-1')[0]?.atFirstSight).toBe(true)
  }
  expect(newRows([row('ep-1')], inventoryOf(), 'ep-1')[0]?.atFirstSight).toBe(false)
})

test('files are new when they were not there or have grown', () => {
  const before = inventoryOf({
    files: new Map([
      ['same', 1],
      ['grown', 1],
      ['shrunk', 5],
    ]),
  })
  const present = inventoryOf({
    files: new Map([
      ['same', 1],
      ['grown', 2],
      ['shrunk', 4],
      ['parts/ep-1.part', 0],
    ]),
  })
  expect(newFiles(before, null, present, 'ep-1', [])).toEqual([
    { path: 'grown', size: 2, related: false, atFirstSight: false },
    { path: 'parts/ep-1.part', size: 0, related: true, atFirstSight: false },
  ])
})

test('files that were not all read before the fetch are not compared, and that is said', () => {
  const present = inventoryOf({ files: new Map([['ep-1', 1]]) })
  for (const cut of ['only 1000 files were read', 'the private file system can’t be read: no']) {
    const cuts: string[] = []
    expect(newFiles(inventoryOf({ cuts: [cut] }), null, present, 'ep-1', cuts)).toEqual([])
    expect(cuts).toHaveLength(1)
    const [file] = newFiles(null, inventoryOf({ cuts: [cut] }), present, 'ep-1', [])
    expect(file?.atFirstSight).toBe(true)
  }
})

test('files beyond the bound are not named, and that is said', () => {
  const files = new Map(Array.from({ length: 230 }, (_, n) => [`f${n}`, 1]))
  const cuts: string[] = []
  expect(newFiles(inventoryOf(), null, inventoryOf({ files }), 'ep-1', cuts)).toHaveLength(200)
  expect(cuts).toEqual(['only 200 new files are named'])
})

test('counts stand beside what they were, and beside nothing at first sight', () => {
  const before = inventoryOf({ caches: [cacheOf('media', ['/a'])], stores: [storeOf(['a'])] })
  const present = inventoryOf({
    caches: [cacheOf('media', 5000), cacheOf('new', [])],
    stores: [storeOf(7), storeOf([], 'new')],
  })
  expect(counts(before, present)).toEqual({
    caches: [
      { name: 'media', count: 5000, before: 1 },
      { name: 'new', count: 0, before: 0 },
    ],
    stores: [
      { database: DATABASE, store: STORE, count: 7, before: 1 },
      { database: DATABASE, store: 'new', count: 0, before: 0 },
    ],
  })
  expect(counts(null, present).stores[0]?.before).toBeNull()
})

test('names and texts are cut to what a report may hold', () => {
  const long = 'x'.repeat(9000)
  const [file] = newFiles(inventoryOf(), null, inventoryOf({ files: new Map([[long, 1]]) }), 'ep-1', [])
  expect(file?.path).toHaveLength(4000)
  const [cut] = newRows([row(long, long)], null, 'ep-1')
  expect([cut?.key.length, cut?.value.length]).toEqual([1000, 2000])
})
