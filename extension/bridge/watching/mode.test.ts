import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SCOPE, watchFrame, watchTwo } from './watch.fixture'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('in a mode in which it does not look it goes on following what it knows and finds nothing new', async () => {
  const { platform, look, rest, of } = watchFrame()
  const fetch = platform.start(SCOPE, 'episode')
  await look()
  await rest()
  platform.start(SCOPE, 'unseen')
  const listings = platform.listings
  await vi.advanceTimersByTimeAsync(3000)
  fetch.progress(5)
  fetch.succeed()
  await vi.advanceTimersByTimeAsync(50)
  fetch.release()
  await vi.advanceTimersByTimeAsync(50)
  expect([of('progress').length, of('settled').length, of('event-over').length]).toEqual([1, 1, 1])
  expect(of('fetch-seen')).toHaveLength(1)
  expect(platform.listings).toBe(listings)
})

test('what started while nobody looked is found when the panel looks again, without a second inventory', async () => {
  const { platform, look, rest, of } = watchFrame()
  await look()
  await rest()
  platform.start(SCOPE, 'meanwhile')
  await vi.advanceTimersByTimeAsync(3000)
  await look()
  expect(of('fetch-seen')).toMatchObject([{ id: 'meanwhile' }])
  expect(of('inventory')).toHaveLength(1)
})

test('without the lead it drops everything', async () => {
  const { platform, running, ended, stepDown, types } = await watchTwo()
  const before = types()
  await stepDown()
  expect(platform.fetchListeners).toBe(0)
  running.progress(5)
  running.succeed()
  ended.release()
  await vi.advanceTimersByTimeAsync(5000)
  expect(types()).toEqual(before)
  expect(vi.getTimerCount()).toBe(0)
})

test('with the lead once more it looks for the first time once more', async () => {
  const { platform, look, stepDown, of } = watchFrame()
  platform.start(SCOPE, 'episode')
  await look()
  await stepDown()
  await look()
  const seen = of('fetch-seen')
  expect(seen).toMatchObject([{ already: true }, { already: true }])
  expect(new Set(seen.map((body) => body.handle)).size).toBe(2)
  expect(of('inventory').map((body) => body.handles)).toEqual(seen.map((body) => [body.handle]))
})

test('the same mode again changes nothing', async () => {
  const { platform, look, of } = watchFrame()
  platform.start(SCOPE, 'episode')
  for (let i = 0; i < 5; i++) await look()
  expect(platform.looks).toBe(1)
  await vi.advanceTimersByTimeAsync(1000)
  expect(of('inventory')).toHaveLength(1)
  expect(of('fetch-seen')).toHaveLength(1)
})

async function inASecond(count: () => number) {
  const before = count()
  await vi.advanceTimersByTimeAsync(1000)
  return count() - before
}

test('off and on again quickly does not make it look twice as often', async () => {
  const { platform, look, rest, of } = watchFrame()
  platform.start(SCOPE, 'episode')
  await look()
  const usual = await inASecond(() => platform.listings)
  let release = () => {}
  platform.hold = new Promise((resolve) => {
    release = resolve
  })
  await vi.advanceTimersByTimeAsync(500)
  for (let i = 0; i < 3; i++) {
    void rest()
    void look()
  }
  release()
  platform.hold = undefined
  await vi.advanceTimersByTimeAsync(500)
  expect(Math.abs((await inASecond(() => platform.listings)) - usual)).toBeLessThanOrEqual(1)
  expect(of('fetch-seen')).toHaveLength(1)
  expect(of('inventory')).toHaveLength(1)
})

test('a mode that comes while a look is under way does not bring back what was dropped', async () => {
  const { platform, look, stepDown, of } = watchFrame()
  platform.start(SCOPE, 'episode')
  platform.beforeGot = () => void stepDown()
  await look()
  await vi.advanceTimersByTimeAsync(3000)
  expect(of('fetch-seen')).toHaveLength(0)
  expect(of('inventory')).toHaveLength(0)
  expect(platform.fetchListeners).toBe(0)
})

test('registrations are read once a second, and at every look while there are none', async () => {
  const { platform, look } = watchFrame()
  await look()
  expect(await inASecond(() => platform.looks)).toBeLessThanOrEqual(1)
  platform.unregister(SCOPE)
  await vi.advanceTimersByTimeAsync(1500)
  expect(await inASecond(() => platform.looks)).toBeGreaterThanOrEqual(4)
})

test('where new fetches are announced it looks seldom, and at once when there is one', async () => {
  const { platform, watcher, look, of } = watchFrame()
  await look(true)
  expect(await inASecond(() => platform.listings)).toBeLessThanOrEqual(1)
  platform.start(SCOPE, 'announced')
  watcher.lookNow()
  await vi.advanceTimersByTimeAsync(20)
  expect(of('fetch-seen')).toMatchObject([{ id: 'announced' }])
  platform.start(SCOPE, 'not reported')
  await vi.advanceTimersByTimeAsync(1000)
  expect(of('fetch-seen')).toHaveLength(2)
})

test('it looks often once they are not announced any more, from now on', async () => {
  const { platform, look, of } = watchFrame()
  await look(true)
  await vi.advanceTimersByTimeAsync(100)
  await look(false)
  platform.start(SCOPE, 'episode')
  await vi.advanceTimersByTimeAsync(250)
  expect(of('fetch-seen')).toHaveLength(1)
  expect(await inASecond(() => platform.listings)).toBeGreaterThanOrEqual(4)
})

test('a fetch of a worker that was registered a moment ago is found when it is announced', async () => {
  const { platform, watcher, look, of } = watchFrame()
  await look(true)
  platform.register(`${SCOPE}new/`)
  platform.start(`${SCOPE}new/`, 'episode')
  await vi.advanceTimersByTimeAsync(30)
  watcher.lookNow()
  await vi.advanceTimersByTimeAsync(20)
  expect(of('fetch-seen')).toMatchObject([{ id: 'episode' }])
})

test('a site whose caches change all the time makes it look no more than fifty times a second', async () => {
  const { platform, watcher, look } = watchFrame()
  await look(true)
  const before = platform.listings
  for (let i = 0; i < 500; i++) {
    watcher.lookNow()
    await vi.advanceTimersByTimeAsync(2)
  }
  expect(platform.listings - before).toBeGreaterThan(20)
  expect(platform.listings - before).toBeLessThanOrEqual(52)
})

test('what begins during a look is found by the one right after it', async () => {
  const { platform, watcher, look, of } = watchFrame()
  await look(true)
  let release = () => {}
  platform.hold = new Promise((resolve) => {
    release = resolve
  })
  await vi.advanceTimersByTimeAsync(30)
  watcher.lookNow()
  await vi.advanceTimersByTimeAsync(10)
  watcher.lookNow()
  release()
  platform.hold = undefined
  platform.start(SCOPE, 'episode')
  await vi.advanceTimersByTimeAsync(25)
  expect(of('fetch-seen')).toHaveLength(1)
})

test('it does not look in a mode without looking, whatever begins', async () => {
  const { platform, watcher, look, rest } = watchFrame()
  await look(true)
  await rest()
  const before = platform.listings
  watcher.lookNow()
  await vi.advanceTimersByTimeAsync(2000)
  expect(platform.listings).toBe(before)
})
