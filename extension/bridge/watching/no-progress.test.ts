import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SCOPE, watchFrame } from './watch.fixture'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function watchOne() {
  const frame = watchFrame()
  const fetch = frame.platform.start(SCOPE, 'episode', { downloadTotal: 1000 })
  await frame.look()
  return { ...frame, fetch }
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('ten seconds without a byte are reported once, and again only after bytes have moved', async () => {
  const { fetch, of } = await watchOne()
  await wait(9900)
  expect(of('no-progress')).toEqual([])
  await wait(200)
  expect(of('no-progress')).toEqual([{ type: 'no-progress', handle: 'bridge-1:1', online: true }])
  await wait(60_000)
  expect(of('no-progress')).toHaveLength(1)
  fetch.progress(10)
  await wait(9000)
  fetch.progress(20)
  await wait(9000)
  expect(of('no-progress')).toHaveLength(1)
  await wait(2000)
  expect(of('no-progress')).toHaveLength(2)
})

test('an event without new bytes is no progress; bytes that are sent, or lost, are', async () => {
  const { fetch, of } = await watchOne()
  fetch.progress(10)
  await wait(6000)
  fetch.progress(10)
  await wait(6000)
  expect(of('no-progress')).toHaveLength(1)
  fetch.progress(10, 5)
  await wait(6000)
  fetch.progress(0, 5)
  await wait(6000)
  expect(of('no-progress')).toHaveLength(1)
})

test('a fetch that has ended, or that another page follows, is not reported', async () => {
  const ended = await watchOne()
  ended.fetch.fail('fetch-error')
  await wait(20_000)
  expect(ended.of('no-progress')).toEqual([])
  const handedOn = await watchOne()
  await handedOn.stepDown()
  await wait(20_000)
  expect(handedOn.of('no-progress')).toEqual([])
})

test('whether the page is online is reported when it changes, and with each standstill', async () => {
  const { platform, of } = await watchOne()
  await wait(1000)
  expect(of('connectivity')).toEqual([])
  platform.online = false
  await wait(9500)
  expect(of('connectivity')).toEqual([{ type: 'connectivity', online: false }])
  expect(of('no-progress')).toMatchObject([{ online: false }])
  platform.online = true
  await wait(1000)
  expect(of('connectivity')).toHaveLength(2)
})

test('a page that begins to look again reports that it is offline once more', async () => {
  const { platform, of, look, stepDown } = await watchOne()
  platform.online = false
  await wait(1000)
  await stepDown()
  await look()
  expect(of('connectivity').map(({ online }) => online)).toEqual([false, false])
})

test('the permission is asked for anew: a page shows within seconds that it was blocked', async () => {
  const { platform, of } = await watchOne()
  expect(of('frame').map(({ permission }) => permission)).toEqual(['granted'])
  platform.answer = 'denied'
  await wait(2000)
  expect(of('frame').map(({ permission }) => permission)).toEqual(['granted', 'denied'])
})
