import { expect, test } from 'vitest'
import { createReport } from './report'
import { A, disk, drop, fakeCaches, knownBefore, present, put, report, SCOPE } from './report.fixture'

fakeCaches()

test('a cache that is deleted and still counted is no reason to expect new entries in the others', async () => {
  const [kept, dropped] = [`${SCOPE}kept`, `${SCOPE}a`]
  put('media', kept)
  const before = disk.bytes
  put('dl-ep-1', dropped, new Response('b'.repeat(4)))
  const audit = await knownBefore(kept, dropped)
  drop('dl-ep-1')
  const { gaps, removed, deletedCaches } = await createReport('final', present(), audit)
  expect(gaps).toEqual([])
  expect(removed.map(({ kind, name }) => [kind, name])).toContainEqual(['cache', 'dl-ep-1'])
  expect(deletedCaches).toMatchObject({ names: ['dl-ep-1'], grown: 0 })
  expect(deletedCaches?.bytes).toBeGreaterThan(0)
  // The browser does not count it any more.
  disk.bytes = before
  expect(await createReport('final', present(), audit)).not.toHaveProperty('deletedCaches')
  expect((await report(audit)).gaps).toEqual([])
})

test('the same of a cache that came and went since the fetch began, and was seen meanwhile', async () => {
  put('media', `${SCOPE}kept`)
  const audit = await knownBefore(`${SCOPE}kept`)
  put('dl-ep-1', A)
  expect((await report(audit)).items).toContain('cache-entry a?part=1 added')
  drop('dl-ep-1')
  const { gaps, deletedCaches } = await createReport('final', present(), audit)
  expect(gaps).toEqual([])
  expect(deletedCaches?.grown).toBe(deletedCaches?.bytes)
})

test('beside a deleted cache, an entry that is not found is still expected', async () => {
  const [kept, dropped] = [`${SCOPE}kept`, `${SCOPE}a`]
  put('media', kept)
  put('dl-ep-1', dropped)
  const audit = await knownBefore(kept, dropped)
  drop('dl-ep-1')
  put('media', `${SCOPE}elsewhere`)
  expect((await report(audit)).gaps).toEqual(['caches-not-listed'])
})

test('where not all entries of the deleted cache are known, new ones are expected', async () => {
  put('media', `${SCOPE}kept`)
  const audit = await knownBefore(`${SCOPE}kept`)
  put('dl-ep-1', A)
  put('dl-ep-1', `${SCOPE}elsewhere`)
  await report(audit)
  drop('dl-ep-1')
  expect((await report(audit)).gaps).toEqual(['caches-not-listed'])
})

test('where no cache is left, all that the browser counts is deleted', async () => {
  const audit = await knownBefore()
  put('dl-ep-1', `${SCOPE}elsewhere`)
  drop('dl-ep-1')
  const { gaps, deletedCaches } = await createReport('final', present(), audit)
  expect(gaps).toEqual([])
  expect(deletedCaches).toMatchObject({ bytes: disk.bytes, grown: disk.bytes })
})
