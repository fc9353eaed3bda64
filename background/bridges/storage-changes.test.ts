import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStorageChanges } from './storage-changes'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first change of an origin is passed on at once, and the first of those that follow half a second later', () => {
  const passed: [string, number][] = []
  const changed = createStorageChanges((origin, at) => passed.push([origin, at]))
  for (let at = 1; at <= 1000; at++) changed('https://a.example', at)
  changed('https://b.example', 7)
  expect(passed).toEqual([
    ['https://a.example', 1],
    ['https://b.example', 7],
  ])
  vi.advanceTimersByTime(500)
  expect(passed.slice(2)).toEqual([['https://a.example', 2]])
  vi.advanceTimersByTime(5000)
  expect(passed).toHaveLength(3)
  changed('https://a.example', 9000)
  expect(passed).toHaveLength(4)
})
