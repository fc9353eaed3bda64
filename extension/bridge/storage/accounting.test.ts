import { expect, test } from 'vitest'
import { entryBytes, unexplainedGrowth } from './accounting'
import { entryOf } from './snapshot.fixture'

const growth = (bytesNow: number | null, added = [entryOf('a')], removed: typeof added = []) =>
  unexplainedGrowth({ bytesBefore: 10_240, bytesNow, added, removed }).grown

// Bytes as Chromium counted them.
test.each([
  ['http://localhost:40000/u', {}, 281],
  [`http://localhost:40000/${'u'.repeat(200)}`, {}, 878],
  ['http://localhost:40000/u', { 'x-a': 'b' }, 291],
  ['http://localhost:40000/u', { 'content-type': 'application/octet-stream' }, 349],
])('an entry takes as many bytes as were measured: %j %j', (url, headers, bytes) => {
  const response = new Response(new Uint8Array(1000), { headers })
  expect(Math.abs(entryBytes(url, response, 1000) - 1000 - bytes)).toBeLessThanOrEqual(2)
})

test('caches that have not grown hold nothing that was not found', () => {
  expect(growth(10_240, [])).toBeUndefined()
  expect(growth(10_240 + 1536)).toBeUndefined()
})

test('what is more than the entries that were found may be another one', () => {
  expect(growth(10_240 + 512, [])).toBe(512)
  expect(growth(10_240 + 1536 + 512)).toBe(512)
  expect(growth(10_240 + 6_000_128, [])).toBe(6_000_128)
})

test('an entry that was overwritten or removed counts against what came', () => {
  expect(growth(10_240, [entryOf('a')], [entryOf('b')])).toBeUndefined()
  expect(growth(10_240 - 1536, [], [entryOf('b')])).toBeUndefined()
})

test('where more has gone than is known, something may have come in its place', () => {
  expect(growth(10_240 - 4096, [])).toBeNull()
})

test('where a size is not known, nothing is', () => {
  expect(growth(null)).toBeNull()
  expect(growth(10_240 + 1536, [entryOf('a', { bytes: null })])).toBeNull()
})

/** A deleted cache that held an entry of so many bytes before, or got it since. */
const deletedOf = (bytes: number | null, isNew = false) => {
  const entries = [entryOf('a', { bytes })]
  return { before: isNew ? [] : entries, removed: [], added: isNew ? entries : [] }
}
const beside = (
  bytesNow: number,
  deleted: readonly ReturnType<typeof deletedOf>[],
  added: readonly ReturnType<typeof entryOf>[] = [],
) => {
  const { grown, counted } = unexplainedGrowth({
    bytesBefore: 102_400,
    bytesNow,
    added,
    removed: [],
    deleted,
  })
  return [grown, counted.length]
}

test('a deleted cache may be counted or not', () => {
  const old = deletedOf(1400)
  expect(beside(102_400, [old])).toEqual([undefined, 1])
  expect(beside(102_400 - 1536, [old])).toEqual([undefined, 0])
  const since = deletedOf(1400, true)
  expect(beside(102_400 + 1536, [since])).toEqual([undefined, 1])
  expect(beside(102_400, [since])).toEqual([undefined, 0])
})

test('of several, each may be counted or not', () => {
  const two = [deletedOf(1400), deletedOf(50_000, true)]
  expect(beside(102_400 + 50_176, two)).toEqual([undefined, 2])
  expect(beside(102_400 + 50_176 - 1536, two)).toEqual([undefined, 1])
  expect(beside(102_400 - 1536, two)).toEqual([undefined, 0])
})

test('a deleted cache does not account for what is more or less than it held', () => {
  const old = deletedOf(50_000)
  expect(beside(102_400 + 512, [old])).toEqual([512, 0])
  // It is not counted any more, and something has come in its place.
  expect(beside(102_400 - 50_176 + 1024, [old])).toEqual([1024, 0])
  expect(beside(102_400 - 60_000, [old])).toEqual([null, 0])
  expect(beside(102_400 + 10_240, [deletedOf(50_000, true)])).toEqual([10_240, 0])
})

test('what is found is not accounted for by a deleted cache', () => {
  expect(beside(102_400 + 1536, [deletedOf(50_000)], [entryOf('b')])).toEqual([undefined, 1])
})

test('the size of a deleted cache need not be known as long as it is counted', () => {
  expect(beside(102_400, [deletedOf(null)])).toEqual([undefined, 1])
  expect(beside(102_400 - 1536, [deletedOf(null)])).toEqual([null, 0])
})

test('of very many deleted caches all are counted, or none', () => {
  const many = Array.from({ length: 20 }, () => deletedOf(1400, true))
  expect(beside(102_400 + 20 * 1536, many)).toEqual([undefined, 20])
  expect(beside(102_400, many)).toEqual([undefined, 0])
  expect(beside(102_400 + 3 * 1536, many)).toEqual([3 * 1536, 0])
})
