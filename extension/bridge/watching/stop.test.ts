import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SCOPE, watchFrame, watchTwo } from './watch.fixture'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('stop() leaves no timer and no listener, and nothing is reported any more', async () => {
  const { platform, running, ended, watcher, look, types } = await watchTwo()
  watcher.stop()
  expect(vi.getTimerCount()).toBe(0)
  expect(platform.fetchListeners).toBe(0)
  const before = types()
  running.progress(5)
  running.succeed()
  ended.release()
  await look()
  await vi.advanceTimersByTimeAsync(5000)
  expect(types()).toEqual(before)
})

test('stop() in the middle of a look leaves nothing either', async () => {
  const { platform, watcher, look, emitted } = watchFrame()
  platform.start(SCOPE, 'episode')
  platform.beforeGot = () => watcher.stop()
  await look()
  const before = emitted.length
  await vi.advanceTimersByTimeAsync(5000)
  expect(emitted).toHaveLength(before)
  expect(platform.fetchListeners).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('stop() while the browser is asked for its registrations leaves nothing', async () => {
  const { platform, watcher, look, emitted } = watchFrame()
  let release = () => {}
  platform.hold = new Promise((resolve) => {
    release = resolve
  })
  const looked = look()
  watcher.stop()
  release()
  await looked
  expect(emitted).toHaveLength(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('stop() while the browser is asked for the permission leaves nothing', async () => {
  const { platform, watcher, look, emitted } = watchFrame()
  platform.start(SCOPE, 'episode')
  platform.permission = async () => {
    watcher.stop()
    return 'granted'
  }
  await look()
  expect(emitted).toHaveLength(0)
  expect(platform.fetchListeners).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
