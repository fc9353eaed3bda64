import { expect, test } from 'vitest'
import type { Gap } from '../../../protocol/storage-gaps'
import type { StorageItem } from '../../../protocol/storage-items'
import { createAuditStream, type Look, rowOf } from './audit.fixture'

const common = { change: 'added', mentions: false, firstSeen: 1_001_000, mayBeOlder: false } as const
const database: StorageItem = { kind: 'database', name: 'pod', version: 1, ...common }
const store: StorageItem = { kind: 'object-store', database: 'pod', name: 'downloads', ...common }
const cache: StorageItem = { kind: 'cache', name: 'covers', ...common }
const directory: StorageItem = { kind: 'directory', path: 'parts', ...common }
const rows = (now: number | null): Look => ({
  counts: [{ area: 'indexeddb', container: 'pod', name: 'downloads', now, before: null }],
})

const judged = (items: StorageItem[], look: Look = {}) =>
  createAuditStream()
    .seen()
    .ended({ items, ...look })
    .verdict()

test.each([
  ['a database', [database], {}, '1 new empty database (pod)'],
  ['an object store', [database, store], rows(0), '1 new empty object store in pod (downloads)'],
  ['a cache', [cache], {}, '1 new empty cache (covers)'],
  ['a folder', [directory], {}, '1 new empty directory in OPFS (parts)'],
])('%s that is new and holds nothing is said to be empty, and is not clean', (_, items, look, text) => {
  const { kind, line, unmatched } = judged(items, look)
  expect(kind).toBe('unmatched')
  expect(line).toBe(`${text}, not matched to this fetch`)
  expect(unmatched).toMatchObject([{ note: 'empty' }])
})

const busy: Gap = { kind: 'database-busy', database: 'pod', side: 'now' }
const unlisted: Gap = { kind: 'caches-not-listed', grown: null }
const cut: Gap = { kind: 'time-limit', area: 'files', side: 'now', read: 5 }
test.each([
  ['a database that was busy', [database], { gaps: [busy] }],
  ['an object store whose rows were not counted', [store], rows(null)],
  ['an object store with rows', [store], rows(3)],
  ['a cache that may have entries', [cache], { gaps: [unlisted] }],
  ['caches whose bytes are not known', [cache], { usage: null }],
  ['a folder that was not read to its end', [directory], { gaps: [cut] }],
  ['a changed database', [{ ...database, change: 'changed' as const }], {}],
])('%s is not called empty', (_, items, look) => {
  expect(judged(items, look).line).not.toMatch(/empty/)
})

test('empty ones and others are counted apart', () => {
  const other: StorageItem = { ...store, name: 'list' }
  const { line } = judged([store, other], {
    counts: [
      { area: 'indexeddb', container: 'pod', name: 'downloads', now: 0, before: null },
      { area: 'indexeddb', container: 'pod', name: 'list', now: 1, before: null },
    ],
  })
  expect(line).toBe(
    '1 new empty object store in pod (downloads); 1 new object store in pod (list), not matched to this fetch',
  )
})

test('one that names the fetch is not called empty where something is in it', () => {
  const named: StorageItem = { ...database, name: 'dl-episode', mentions: true }
  const row = rowOf('episode', '', { database: 'dl-episode', store: 'parts' })
  expect(judged([named]).left).toMatchObject([{ item: 'dl-episode', note: 'empty' }])
  expect(judged([named, row]).left.map(({ note }) => note)).toEqual(['', ''])
})
