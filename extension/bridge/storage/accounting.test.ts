import { expect, test } from 'vitest'
import { entryBytes, unexplainedGrowth } from './accounting'
import { entryOf } from './snapshot.fixture'

const growth = (bytesNow: number | null, added = [entryOf('a')], removed: typeof added = []) =>
  unexplainedGrowth({ bytesBefore: 10_240, bytesNow, added, removed })

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
