import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { observed } from '../streams/events.fixture'
import { createAuditStream, entryOf, fileOf, foreign, keyOf, recordOf, rowOf } from './audit.fixture'

const large = recordOf({ contentLength: 61_000 })
const manifest = foreign(fileOf('regions/harbour/manifest.json', 28))
const text = `{ "state": "${'queued '.repeat(60)}" }`

/** A success that stores nothing of its response, with what was there before anything of it had arrived. */
function succeeded(before: readonly StorageItem[], after: readonly StorageItem[], record = large) {
  const story = createAuditStream()
  story.stream.page(observed.seen('h'))
  story.look('started', { items: before })
  story.stream.page(observed.progress('h', 61_000), 100)
  return story.ended({ items: after }, [record], observed.success('h', 61_000)).verdict()
}

test.each<[string, StorageItem]>([
  ['a file', manifest],
  ['a cache entry', entryOf(200, { url: 'https://pod.example/state', size: 40, mentions: false })],
])('%s that is too small for a response, however well it is compressed, holds none', (_, item) => {
  expect(succeeded([], [item])).toMatchObject({
    kind: 'not-stored',
    line: 'Not found in storage: 1 of 1 responses (61.0 kB)',
  })
})

test.each<[string, StorageItem, Parameters<typeof recordOf>[0]]>([
  ['has room for a compressed form of it', foreign(fileOf('a.json', 60)), { contentLength: 61_000 }],
  [
    'is smaller than one that may be compressed itself',
    manifest,
    { contentLength: 61_000, bodyDigest: null, encoded: true },
  ],
  ['has a text whose length is not known', foreign(rowOf('x', text)), { contentLength: 61_000 }],
])('a new item may hold a response where it %s', (_, item, record) => {
  const { kind, line } = succeeded([], [item], recordOf(record))
  expect(kind).toBe('unknown')
  expect(line).toMatch(/a response may be in/)
})

test('one that is too small for one response may hold one that is smaller, or whose size is not known', () => {
  for (const contentLength of [2000, null]) {
    const other = recordOf({ index: 1, url: 'https://pod.example/b', contentLength })
    const story = createAuditStream().seen()
    story.ended({ items: [manifest] }, [large, other], observed.success('h', 63_000))
    expect(story.verdict().line).toMatch(/a response may be in regions\/harbour\/manifest\.json/)
  }
})

test.each<[string, StorageItem]>([
  ['file', foreign(fileOf('manifest.json', 900, { digest: null }))],
  ['row', foreign(rowOf('job', text))],
  ['key of localStorage', { ...keyOf('job', text), mentions: false }],
])('a %s that was there before anything arrived, and is the same, holds no response', (_, item) => {
  expect(succeeded([item], [item]).kind).toBe('not-stored')
})

test.each<[string, StorageItem, StorageItem]>([
  [
    'it is not the same',
    foreign(fileOf('manifest.json', 900, { digest: null })),
    foreign(fileOf('manifest.json', 901)),
  ],
  [
    'it has the size of one, and its content was not read',
    foreign(fileOf('a.bin', 70_000, { digest: null })),
    foreign(fileOf('a.bin', 70_000, { digest: null })),
  ],
])('what was there before anything arrived may hold a response where %s', (_, before, after) => {
  expect(succeeded([before], [after]).kind).toBe('unknown')
})

test('what is the same since bytes had arrived may hold a response', () => {
  const item = foreign(fileOf('manifest.json', 900))
  const story = createAuditStream().seen({ items: [item] }, 61_000)
  const { line } = story.ended({ items: [item] }, [large], observed.success('h', 61_000)).verdict()
  expect(line).toMatch(/a response may be in manifest\.json/)
})
