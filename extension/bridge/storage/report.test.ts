import { expect, test, vi } from 'vitest'
import { readKnownEntries } from './reading/known-entries'
import { createReport, lookOf } from './report'
import { A, auditOf, disk, fakeCaches, present, put, report, SCOPE, usage } from './report.fixture'
import { rowOf, snapshotOf } from './snapshot.fixture'

fakeCaches()

/** A fetch that was compared once, with an entry of before in the caches. */
async function comparedOnce() {
  put('media', `${SCOPE}old`)
  const audit = auditOf()
  await report(audit)
  return audit
}

test('an entry that came after the start is new, and explains the bytes that came', async () => {
  const audit = await comparedOnce()
  put('media', A)
  expect(await report(audit)).toEqual({
    items: ['cache-entry a?part=1 added'],
    removed: [],
    gaps: ['entries-not-compared'],
  })
})

test('an entry under the URL without its query, or under the id, is found', async () => {
  const audit = await comparedOnce()
  put('media', `${SCOPE}a`)
  put('media', `${SCOPE}ep-1`)
  expect(await report(audit)).toEqual({
    items: ['cache-entry ep-1 added', 'cache-entry a added'],
    removed: [],
    gaps: ['entries-not-compared'],
  })
})

test('an entry under any other URL is not found, and the caches may hold one', async () => {
  const audit = await comparedOnce()
  put('media', `${SCOPE}elsewhere`)
  expect(await report(audit)).toEqual({ items: [], removed: [], gaps: ['caches-not-listed'] })
})

test('an entry from before the fetch is the same, and removed when it is gone', async () => {
  put('media', A)
  const audit = auditOf()
  expect(await report(audit)).toEqual({ items: ['cache-entry a?part=1 same'], removed: [], gaps: [] })
  const before = disk.bytes
  disk.stored = { media: {} }
  disk.bytes = 0
  expect(await report(audit)).toEqual({ items: [], removed: ['cache-entry a?part=1'], gaps: [] })
  expect(before).toBeGreaterThan(0)
})

test('an entry that was overwritten is changed', async () => {
  put('media', A)
  const audit = auditOf()
  await report(audit)
  disk.stored = { media: { [A]: new Response('BODY', { status: 203 }) } }
  expect(await report(audit)).toEqual({ items: ['cache-entry a?part=1 changed'], removed: [], gaps: [] })
})

test.each<[string, Response]>([
  ['bytes', new Response('BODY')],
  ['headers', new Response('body', { headers: { etag: '2' } })],
  ['a status text', new Response('body', { statusText: 'Fine' })],
])('an entry that was replaced by one of the same size with other %s is changed', async (_, response) => {
  put('media', A)
  const audit = auditOf()
  await report(audit)
  disk.stored = { media: { [A]: response } }
  expect((await report(audit)).items).toEqual(['cache-entry a?part=1 changed'])
})

test('what is under other URLs in the caches is never passed over, whether it was replaced or is older', async () => {
  put('media', `${SCOPE}offline/ep-1.json`)
  const audit = auditOf()
  expect((await report(audit)).gaps).toEqual(['entries-not-compared'])
  disk.stored = { media: { [`${SCOPE}offline/ep-1.json`]: new Response('BODY') } }
  const { gaps } = await createReport('final', present(), audit)
  expect(gaps).toEqual([{ kind: 'entries-not-compared', bytes: disk.bytes }])
})

test('where all entries were known at the baseline, every change is found', async () => {
  const others = [`${SCOPE}offline/other.json`, `${SCOPE}offline/ep-1.json`]
  for (const url of others) put('media', url)
  vi.stubGlobal('caches', { ...caches, keys: async () => Object.keys(disk.stored) })
  const knownEntries = await readKnownEntries(others, async () => disk.bytes)
  const audit = auditOf({ knownEntries, firstLook: lookOf(knownEntries) })
  expect(await report(audit)).toEqual({
    items: ['cache-entry offline/ep-1.json same'],
    removed: [],
    gaps: [],
  })
  disk.stored.media = { ...disk.stored.media, [`${SCOPE}offline/other.json`]: new Response('BODY') }
  expect((await report(audit)).items).toContain('cache-entry offline/other.json changed')
  put('media', `${SCOPE}elsewhere`)
  expect((await report(audit)).gaps).toEqual(['caches-not-listed'])
})

test('without a baseline nothing is called new, and the caches may hold anything', async () => {
  put('media', A)
  expect(await report(auditOf({ baseline: null, baselineKind: 'none' }))).toEqual({
    items: ['cache  unknown', 'cache-entry a?part=1 unknown'],
    removed: [],
    gaps: ['caches-not-listed'],
  })
})

test('where the browser does not say how many bytes the caches use, they may hold anything', async () => {
  put('media', `${SCOPE}old`)
  const audit = auditOf({ baseline: present({ usage: null }) })
  expect((await report(audit)).gaps).toEqual(['caches-not-listed'])
})

test('a body whose size is not known is a gap, and what the caches hold is not known either', async () => {
  const audit = await comparedOnce()
  const failing = new ReadableStream({ start: (to) => to.error(new Error('lost')) })
  put('media', A, new Response(failing))
  expect((await report(audit)).gaps).toEqual(['body-size', 'caches-not-listed'])
})

test('where the browser refuses, that is a gap', async () => {
  put('media', A)
  const audit = auditOf()
  vi.stubGlobal('caches', { match: () => Promise.reject(new DOMException('no', 'SecurityError')) })
  const { gaps } = await createReport('final', present(), audit)
  expect(gaps).toEqual([
    { kind: 'unreadable', area: 'cache-storage', side: 'now', detail: 'SecurityError: no' },
  ])
})

test('gaps of both sides are distinguished, and none is reported twice', async () => {
  const busy = { kind: 'database-busy', database: 'pod', side: 'now' } as const
  const audit = auditOf({ baseline: snapshotOf([], { gaps: [busy], usage: usage() }) })
  const { gaps } = await createReport('final', present({ gaps: [busy, busy] }), audit)
  expect(gaps).toEqual([busy, { ...busy, side: 'baseline' }])
})

test('texts are cut to what a report may hold', async () => {
  const long = 'x'.repeat(9000)
  const audit = auditOf({ baseline: snapshotOf([], { usage: usage() }) })
  const { items } = await createReport('final', snapshotOf([rowOf(long, long)], { usage: usage() }), audit)
  const [row] = items
  expect(row?.kind === 'row' && [row.key.length, row.value.length]).toEqual([1000, 4000])
})
