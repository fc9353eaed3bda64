import { expect, test } from 'vitest'
import type { Gap } from '../../../protocol/storage-gaps'
import { compare, rowCounts } from './compare'
import { cacheOf, DATABASE, databaseOf, fileOf, HANDLE, rowOf, STORE, snapshotOf } from './snapshot.fixture'

const subject = (id = 'ep-1') => ({ handle: HANDLE, names: { id, urls: new Set<string>() } })

/** What each item that is reported is called, with its change. */
function changes(
  ...[before, present, of = subject()]: [...Parameters<typeof pair>, ReturnType<typeof subject>?]
) {
  return compare(...pair(before, present), of).items.map((item) => {
    const name =
      item.kind === 'row' ? item.key : item.kind === 'file' ? item.path : 'name' in item ? item.name : ''
    return `${name} ${item.change}${item.mentions ? ' named' : ''}`
  })
}
const pair = (
  before: ReturnType<typeof snapshotOf> | null,
  present: ReturnType<typeof snapshotOf>,
): [typeof before, typeof present] => [before, present]

test('what is new, changed or gone is reported, and the rest is not', () => {
  const before = snapshotOf([rowOf('old', 'a'), rowOf('changed', 'a'), fileOf('gone'), fileOf('grown', 1)])
  const present = snapshotOf([rowOf('old', 'a'), rowOf('changed', 'b'), rowOf('new'), fileOf('grown', 2)])
  expect(changes(before, present)).toEqual(['changed changed', 'new added', 'grown changed'])
  expect(compare(before, present, subject()).removed).toEqual([
    { kind: 'file', container: '', name: 'gone', mentions: false },
  ])
})

test('what names the fetch is reported whatever its age', () => {
  const rows = [rowOf('ep-1'), rowOf('k', 'x', { named: new Set([HANDLE]) }), rowOf('ep-12')]
  const before = snapshotOf(rows)
  expect(changes(before, snapshotOf(rows))).toEqual(['ep-1 same named', 'k same named'])
})

test('a row that gains the id is changed and names the fetch', () => {
  const before = snapshotOf([rowOf('k', 'a')])
  const present = snapshotOf([rowOf('k', 'b', { named: new Set([HANDLE]) })])
  expect(changes(before, present)).toEqual(['k changed named'])
})

test('an empty cache, database or directory is an item', () => {
  const present = snapshotOf([cacheOf('empty'), databaseOf('none')])
  expect(changes(snapshotOf([]), present)).toEqual(['empty added', 'none added'])
})

test('without a baseline the change of everything is unknown', () => {
  expect(changes(null, snapshotOf([rowOf('a'), fileOf('ep-1')]))).toEqual(['a unknown', 'ep-1 unknown named'])
})

const place = { database: DATABASE, store: STORE, side: 'now' } as const
test.each<Gap>([
  { kind: 'database-busy', database: DATABASE, side: 'now' },
  { kind: 'database-error', database: DATABASE, side: 'now', detail: 'x' },
  { kind: 'store-large', ...place, rows: 5000 },
  { kind: 'unreadable', area: 'indexeddb', side: 'now', detail: 'AbortError' },
  { kind: 'time-limit', area: 'indexeddb', side: 'now', read: 3 },
  { kind: 'count-limit', of: 'databases', container: '', side: 'now', unread: 3 },
  { kind: 'count-limit', of: 'object-stores', container: DATABASE, side: 'now', unread: 3 },
  { kind: 'changed-while-read', area: 'indexeddb', container: DATABASE, side: 'now' },
])('a row that the baseline may have missed is of unknown age: $kind', (gap) => {
  const before = snapshotOf([], { gaps: [gap] })
  expect(changes(before, snapshotOf([rowOf('a')]))).toEqual(['a unknown'])
  expect(compare(snapshotOf([rowOf('a')]), before, subject()).removed).toEqual([])
})

test.each<Gap>([
  { kind: 'database-busy', database: 'podcast', side: 'now' },
  { kind: 'store-large', database: DATABASE, store: 'other', side: 'now', rows: 5000 },
  { kind: 'count-limit', of: 'files', container: '', side: 'now', unread: 1 },
  { kind: 'count-limit', of: 'object-stores', container: 'other', side: 'now', unread: 1 },
])('a gap elsewhere does not matter: $kind', (gap) => {
  expect(changes(snapshotOf([], { gaps: [gap] }), snapshotOf([rowOf('a')]))).toEqual(['a added'])
})

test('a row whose value was not read on one of the sides may have changed: the gap says so, and it is named', () => {
  const unread = { mark: null }
  const before = snapshotOf([rowOf('a', '', unread), rowOf('ep-1', '', unread)])
  expect(changes(before, snapshotOf([rowOf('a'), rowOf('ep-1')]))).toEqual(['ep-1 unknown named'])
})

test('items beyond the bound are counted, and those that name the fetch come first', () => {
  const rows = Array.from({ length: 230 }, (_, n) => rowOf(n))
  const { items, gaps } = compare(snapshotOf([]), snapshotOf([...rows, rowOf('ep-1')]), subject())
  expect(items).toHaveLength(200)
  expect(items[0]).toMatchObject({ key: 'ep-1' })
  expect(gaps).toEqual([{ kind: 'items-limit', area: 'indexeddb', unlisted: 31 }])
})

test('counts stand beside what they were, where that is known', () => {
  const rows = [{ database: DATABASE, store: STORE, count: 7 }]
  const present = snapshotOf([], { rows })
  const before = (count: number | null) => rowCounts(null, present).map((one) => ({ ...one, before: count }))
  expect(rowCounts(null, present)).toEqual(before(null))
  expect(rowCounts(snapshotOf([]), present)).toEqual(before(0))
  const busy: Gap = { kind: 'database-busy', database: DATABASE, side: 'now' }
  expect(rowCounts(snapshotOf([], { gaps: [busy] }), present)).toEqual(before(null))
})
