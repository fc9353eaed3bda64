import { expect, test } from 'vitest'
import { ticksOf } from './axis'

test('an axis has round times, zero among them, and not more than there is room for', () => {
  expect(ticksOf(0, 62, 3)).toEqual([0, 50])
  expect(ticksOf(0, 100, 4)).toEqual([0, 50, 100])
  expect(ticksOf(-5, 12, 4)).toEqual([-5, 0, 5, 10])
  expect(ticksOf(0, 1, 3)).toEqual([0, 0.5, 1])
})

test('an axis of hours has lines too', () => {
  const ticks = ticksOf(0, 7 * 3_600_000, 3)
  expect(ticks.length).toBeGreaterThan(1)
  expect(ticks.length).toBeLessThan(6)
})
