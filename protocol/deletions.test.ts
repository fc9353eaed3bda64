import { expect, test } from 'vitest'
import { deletableOf } from './deletions'
import type { StorageItem } from './storage-items'

const common = { change: 'added', mentions: true, firstSeen: 0, mayBeOlder: false } as const
const row = (key: string): StorageItem => ({
  kind: 'row',
  ...{ database: 'maps', store: 'tiles', key, value: '', size: null, bodies: [] },
  ...common,
})

test('an item is named by what it is found by, and nothing else', () => {
  expect(deletableOf(row('7'))).toEqual({ kind: 'row', database: 'maps', store: 'tiles', key: '7' })
  expect(deletableOf({ kind: 'file', path: 'a/b', size: 5, digest: null, ...common })).toEqual({
    kind: 'file',
    path: 'a/b',
  })
})

test.each<StorageItem>([
  { kind: 'cache', name: 'maps', ...common },
  { kind: 'database', name: 'maps', version: 1, ...common },
  { kind: 'object-store', database: 'maps', name: 'tiles', ...common },
  { kind: 'directory', path: 'parts', ...common },
])('a $kind, which may hold other items, is not deleted', (item) => {
  expect(deletableOf(item)).toBe(null)
})

test('what may have been cut is not deleted: others could begin like it', () => {
  expect(deletableOf(row('x'.repeat(999)))).not.toBe(null)
  expect(deletableOf(row('x'.repeat(1000)))).toBe(null)
  expect(deletableOf(row(`binary ${'0a'.repeat(31)}`))).not.toBe(null)
  expect(deletableOf(row(`[1, binary ${'0a'.repeat(32)}]`))).toBe(null)
})
