import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { now } from '../../../wire/clock'
import { SCOPE, watchFrame } from './watch.fixture'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('since when a page has looked is known, however seldom it does', async () => {
  const { watcher, look } = watchFrame()
  expect(watcher.looked()).toBeNull()
  const since = now()
  await look(true)
  await vi.advanceTimersByTimeAsync(10_000)
  const looked = watcher.looked() ?? expect.unreachable()
  expect(looked.since).toBeCloseTo(since)
  expect(now() - looked.until).toBeLessThanOrEqual(1000)
})

test('what it looked at before no panel was in front does not count when one is again', async () => {
  const { watcher, look, rest } = watchFrame()
  await look()
  await vi.advanceTimersByTimeAsync(1000)
  await rest()
  expect(watcher.looked()).toBeNull()
  // A fetch may begin, and be announced.
  watcher.lookNow()
  await vi.advanceTimersByTimeAsync(500)
  expect(watcher.looked()).toBeNull()
  const since = now()
  await look()
  await vi.advanceTimersByTimeAsync(1000)
  expect(watcher.looked()?.since).toBeCloseTo(since)
})

test('a page that is held up begins anew', async () => {
  const { platform, watcher, look } = watchFrame()
  await look()
  await vi.advanceTimersByTimeAsync(1500)
  const before = watcher.looked() ?? expect.unreachable()
  let release = () => {}
  platform.hold = new Promise((resolve) => {
    release = resolve
  })
  await vi.advanceTimersByTimeAsync(5000)
  expect(now() - (watcher.looked()?.until ?? 0)).toBeGreaterThan(3000)
  release()
  platform.hold = undefined
  await vi.advanceTimersByTimeAsync(1000)
  expect(watcher.looked()?.since).toBeGreaterThan(before.until + 3000)
})

test('a look that could not list all does not count', async () => {
  const { platform, watcher, look } = watchFrame()
  await look()
  platform.refuses = new DOMException('No.', 'SecurityError')
  await vi.advanceTimersByTimeAsync(1500)
  expect(watcher.looked()).toBeNull()
  platform.refuses = undefined
  await vi.advanceTimersByTimeAsync(1500)
  expect(watcher.looked()).not.toBeNull()
  const { getRegistrations } = platform
  platform.getRegistrations = async () => [
    ...(await getRegistrations.call(platform)),
    {
      scope: `${SCOPE}gone/`,
      backgroundFetch: {
        getIds: async () => {
          throw new DOMException('Unregistered.', 'InvalidStateError')
        },
        get: async () => undefined,
      },
    },
  ]
  await vi.advanceTimersByTimeAsync(1500)
  expect(watcher.looked()).toBeNull()
})

test('a page that does not lead any more, or has left, has not looked', async () => {
  const { watcher, look, stepDown } = watchFrame()
  await look()
  expect(watcher.looked()).not.toBeNull()
  await stepDown()
  expect(watcher.looked()).toBeNull()
})
