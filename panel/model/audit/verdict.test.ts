import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { createStream, observed } from '../streams/events.fixture'
import {
  bodyOf,
  changed,
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  LONG_AGO,
  old,
  recordOf,
  rowOf,
  usageOf,
} from './audit.fixture'
import { audit } from './verdict'
import { ended, row } from './verdict.fixture'

test('a fetch that has not settled, or was not compared, has no verdict', () => {
  expect(audit(createAuditStream().seen().fetch())).toBeNull()
  expect(audit(createAuditStream().seen().settled().fetch())).toBeNull()
})

test('clean says that nothing is new or left, or what is stored', () => {
  expect(ended().verdict()).toMatchObject({ kind: 'clean', line: 'nothing new, nothing left', final: true })
  const one = createAuditStream()
    .seen()
    .ended({ items: [entryOf(200)] }, [recordOf()])
  expect(one.verdict().line).toBe(
    '1 of 1 responses (1.0 kB) is stored in cache media (kept after the abort); nothing else is new or left',
  )
})

test.each<[string, StorageItem[], RegExp]>([
  [
    'a row whose key is made from the ID',
    [
      foreign(
        rowOf('movie-7', '', {
          database: 'db',
          store: 'store',
          size: 8_400_000,
          bodies: [bodyOf(8_400_000)],
        }),
      ),
    ],
    /^1 new row in db\/store \(movie-7, 8\.4 MB\), not matched to this fetch$/,
  ],
  ['a file', [foreign(fileOf('42.part', 20))], /^1 new file in OPFS \(42\.part, 20 B\), not matched/],
  [
    'a changed row',
    [foreign(changed(rowOf('list')))],
    /^1 changed row in pod\/downloads \(list\), not matched/,
  ],
  [
    'many rows',
    ['a', 'b', 'c', 'd', 'e'].map((key) => foreign(rowOf(key))),
    /^5 new rows in pod\/downloads \(a, b, c and 2 more\), not matched/,
  ],
  [
    'an empty cache',
    [{ ...foreign(row), kind: 'cache', name: 'tmp' } as StorageItem],
    /^1 new empty cache \(tmp\), not matched/,
  ],
  [
    'a directory',
    [{ ...foreign(row), kind: 'directory', path: 'parts' } as StorageItem],
    /^1 new empty directory in OPFS \(parts\), not matched/,
  ],
])('%s that is new is counted and named with its size', (_, items, line) => {
  expect(ended(...items).verdict()).toMatchObject({ kind: 'unmatched', line: expect.stringMatching(line) })
})

test('bytes that no item accounts for are new as well', () => {
  const grown = createAuditStream()
    .seen()
    .ended({ usage: usageOf(0, 8_400_000) })
  expect(grown.verdict().kind).toBe('unmatched')
  expect(grown.verdict().line).toMatch(/^8\.4 MB in IndexedDB that no listed item accounts for, not matched/)
  const explained = createAuditStream()
    .seen()
    .ended({ usage: usageOf(0, 0, 500_000), items: [foreign(fileOf('a', 500_000))] })
  expect(explained.rules()).toEqual(['not-matched'])
})

test('a new container of which all is listed is not listed itself', () => {
  const cache = { ...foreign(row), kind: 'cache', name: 'media' } as StorageItem
  const storing = createAuditStream()
    .seen()
    .ended({ items: [cache, entryOf(200)] }, [recordOf()])
  expect(storing.verdict().kind).toBe('clean')
  expect(ended(cache, foreign(entryOf(200, { url: 'https://pod.example/x' }))).verdict().line).toMatch(
    /^1 new cache entry in media \(x, 1\.0 kB\), not/,
  )
})

test.each<[string, StorageItem, string]>([
  [
    'before the panel',
    old({ ...row, mayBeOlder: true }),
    'older than the fetch: existed at least 1 min 40 s before its start',
  ],
  [
    'while the panel was open',
    old(fileOf('episode.part')),
    'older than the fetch: appeared 1 min 40 s before its start',
  ],
  ['and changed', changed(row), 'older than the fetch: appeared 1 min 40 s before its start, changed since'],
  [
    'at a time that is not known',
    { ...row, change: 'unknown', mayBeOlder: true, firstSeen: 1_000_200 },
    'may be older than the fetch',
  ],
])('what names the fetch is left, whatever its age: from %s', (_, item, age) => {
  const { kind, line } = ended(item).verdict()
  expect(kind).toBe('left')
  expect(line).toContain(
    `1 item names this fetch: ${item.kind === 'file' ? item.path : 'pod/downloads: episode'}`,
  )
  expect(line).toContain(age)
})

test('what is left is named with its bytes, and what is new beside it', () => {
  const left = ended(row, fileOf('parts/episode.part', 2048), foreign(rowOf('other')))
  expect(left.verdict()).toMatchObject({
    kind: 'left',
    line: '2 items name this fetch: pod/downloads: episode; parts/episode.part, 2.0 kB. 1 new row in pod/downloads (other), not matched to this fetch',
  })
})

test('of many items that are left as many are named as there is room for', () => {
  const lineOf = (...items: Parameters<typeof ended>) => ended(...items).verdict().line
  const files = ['a', 'b', 'c', 'd'].map((name) => fileOf(`${name}/episode.part`, 1000))
  expect(lineOf(...files)).toBe(
    '4 items name this fetch: a/episode.part; b/episode.part; c/episode.part and 1 more, 4.0 kB',
  )
  const long = ['a', 'b', 'c'].map((name) => fileOf(`${name.repeat(90)}/episode.part`))
  expect(lineOf(...long)).toMatch(/^3 items name this fetch: a+\/episode\.part and 2 more, 30 B$/)
})

test('the new version of a database is not hidden by what is kept in it', () => {
  const database = { kind: 'database', name: 'pod', version: 2 } as const
  const item = changed({ ...foreign(rowOf('x')), ...database })
  const row = foreign(rowOf('movie', 'Blob', { size: 1000, bodies: [bodyOf(1000)] }))
  const { kind, unmatched } = createAuditStream()
    .seen()
    .ended({ items: [item, row] }, [recordOf()])
    .verdict()
  expect([kind, unmatched.map(({ item }) => item)]).toEqual(['unmatched', ['pod']])
})

test('what another fetch of the origin is named by is not new of this one', () => {
  const stream = createStream()
  const one = createAuditStream('ep-1', stream, 'h1').seen({ items: [rowOf('ep-1')] })
  createAuditStream('ep-12', stream, 'h12').seen({ items: [rowOf('ep-12')] })
  one.ended({ items: [foreign(rowOf('ep-12'))] }, [], observed.failure('h1'))
  expect(one.verdict()).toMatchObject({
    kind: 'clean',
    line: expect.stringMatching(/1 new item names the fetch ep-12$/),
  })
})

test('a matching rule says what belongs to the fetch', () => {
  const story = createAuditStream('dl-7')
    .seen()
    .ended({ items: [foreign(rowOf('movie-7'))] })
  const matching = [{ pattern: 'dl-(.*)', replacement: 'movie-$1' }]
  expect(story.verdict().kind).toBe('unmatched')
  const settings = { disabled: new Set<string>(), ignored: new Set<string>(), matching }
  expect(story.verdict(settings)).toMatchObject({ kind: 'left', line: expect.stringMatching(/movie-7/) })
})

test('the age of what was there is counted from its start', () => {
  const story = ended({ ...row, change: 'same', firstSeen: LONG_AGO + 100_000 + 10 - 8000 })
  expect(story.verdict().line).toContain('appeared 8.00 s before its start')
})

test('a fetch whose end was not observed is not judged', () => {
  const lost = createAuditStream().seen({ items: [row] })
  lost.stream.page(observed.gone('h', 'not-listed'))
  lost.later({ items: [row] })
  expect(audit(lost.fetch())).toBeNull()
  expect(lost.said()).toEqual([])
})
