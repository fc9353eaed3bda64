import * as v from 'valibot'
import { expect, test } from 'vitest'
import { Bytes, Count, Duration, isNearArrival, Ordinal, Seq, Status, Time } from './numbers'

const all = { Time, Duration, Count, Ordinal, Bytes, Status, Seq }
const never = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -1,
  1e300,
  Number.MAX_VALUE,
  '1',
  null,
]

test.each(Object.entries(all))('%s is finite, not negative and bounded', (_, schema) => {
  for (const value of never) expect(v.is(schema, value), String(value)).toBe(false)
  expect(v.is(schema, 1)).toBe(true)
})

test('what is counted is whole', () => {
  for (const schema of [Count, Ordinal, Bytes, Status, Seq]) expect(v.is(schema, 1.5)).toBe(false)
  for (const schema of [Time, Duration]) expect(v.is(schema, 1.5)).toBe(true)
})

test('a time can be shown as a date', () => {
  expect(v.is(Time, Date.UTC(2026, 1))).toBe(true)
  expect(v.is(Time, 8.64e15)).toBe(false)
})

test('all bytes that a page can give as downloadTotal are taken', () => {
  expect(v.is(Bytes, 2 ** 64)).toBe(true)
  expect(v.is(Bytes, 2 ** 65)).toBe(false)
})

test('a report is not from the future, and not from another month', () => {
  const now = Date.UTC(2026, 5)
  const hour = 3_600_000
  for (const at of [now, now + hour, now - 72 * hour]) expect(isNearArrival(at, now)).toBe(true)
  for (const at of [1e300, now + 25 * hour, now - 31 * 24 * hour, 0, Number.NaN]) {
    expect(isNearArrival(at, now)).toBe(false)
  }
})
