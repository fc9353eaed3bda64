import { expect, test } from 'vitest'
import { changeOfEntry, compareEntries, entryKey, type FirstLook } from './entries'
import { cacheOf, entryOf, HANDLE, snapshotOf } from './snapshot.fixture'

const usage = (caches: number) => ({ total: caches, details: { caches } })
const before = snapshotOf([cacheOf('media')], { usage: usage(100) })
const entry = entryOf('https://pod.example/a')

const look = (entries = [entry], more: Partial<FirstLook> = {}): FirstLook => ({
  at: 0,
  entries: new Map(entries.map((one) => [entryKey(one), one])),
  complete: true,
  asBaseline: true,
  ...more,
})

test('an entry in a cache that was not there is new', () => {
  expect(changeOfEntry({ ...entry, cache: 'new' }, before, look([]), 100)).toBe('added')
  const cut = snapshotOf([], {
    gaps: [{ kind: 'count-limit', of: 'caches', container: '', side: 'now', unread: 1 }],
  })
  expect(changeOfEntry(entry, cut, null, null)).toBe('unknown')
})

test('an entry that was not found the first time is new', () => {
  expect(changeOfEntry(entry, before, look([]), 100)).toBe('added')
  expect(changeOfEntry(entry, before, look([], { complete: false }), 100)).toBe('unknown')
})

test('an entry that was found the first time is the same, or another one', () => {
  expect(changeOfEntry(entry, before, look(), 100)).toBe('same')
  expect(changeOfEntry({ ...entry, mark: 'second' }, before, look(), 100)).toBe('changed')
})

test('it is not known how old an entry is that was found when the caches had grown already', () => {
  expect(changeOfEntry(entry, before, look([entry], { asBaseline: false }), 100)).toBe('unknown')
})

test('where the URLs were never looked up before, the bytes of the caches tell', () => {
  expect(changeOfEntry(entry, before, null, 100)).toBe('same')
  expect(changeOfEntry(entry, before, null, 612)).toBe('unknown')
  expect(changeOfEntry(entry, before, null, null)).toBe('unknown')
  expect(changeOfEntry(entry, null, null, 100)).toBe('unknown')
})

test('without a baseline, an entry in a cache that an earlier snapshot has not got is new', () => {
  const names = { id: 'ep-1', urls: new Set([entry.url]) }
  const found = { entries: [entry], unreadUrls: 0, unreadCaches: 0, stoppedAfter: null }
  const changeSince = (earlier: typeof before) =>
    compareEntries(found, null, null, 100, 0, { handle: HANDLE, names, earlier }).map(({ change }) => change)
  expect(changeSince(snapshotOf([]))).toEqual(['added'])
  expect(changeSince(before)).toEqual(['unknown'])
})
