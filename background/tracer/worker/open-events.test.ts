import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { now } from '../../../wire/clock'
import { createOpenEvents } from './open-events'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('half a minute counts without the time that the worker was paused', async () => {
  const long: number[] = []
  let paused = true
  let pausedFor = 0
  const events = createOpenEvents(
    (event) => long.push(event),
    () => ({
      look: async () => paused,
      pausedSince: () => pausedFor,
    }),
  )
  events.dispatched(1, now())
  await vi.advanceTimersByTimeAsync(70_000)
  expect(long).toEqual([])
  paused = false
  pausedFor = 75_000
  // Looked at every 30 s: at 90 s, 15 s have counted.
  await vi.advanceTimersByTimeAsync(34_000)
  expect(long).toEqual([])
  await vi.advanceTimersByTimeAsync(2000)
  expect(long).toEqual([1])
})
