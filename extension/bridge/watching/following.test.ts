import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { now } from '../../../wire/clock'
import { SCOPE, watchFrame } from './watch.fixture'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function watchOne(totals = { downloadTotal: 1000 }) {
  const frame = watchFrame()
  const fetch = frame.platform.start(SCOPE, 'episode', totals)
  await frame.look()
  frame.emitted.length = 0
  return { ...frame, fetch, handle: `bridge-1:1` }
}

test('progress, the end and the end of the worker’s event come in order, each with its time', async () => {
  const { fetch, handle, emitted } = await watchOne()
  const start = now()
  await vi.advanceTimersByTimeAsync(100)
  fetch.progress(400)
  await vi.advanceTimersByTimeAsync(100)
  fetch.succeed()
  await vi.advanceTimersByTimeAsync(2000)
  fetch.release()
  await vi.advanceTimersByTimeAsync(2000)
  expect(emitted).toMatchObject([
    { at: start + 100, body: { type: 'progress', handle, attributes: { downloaded: 400, result: '' } } },
    {
      at: start + 200,
      body: { type: 'settled', handle, attributes: { downloaded: 1000, result: 'success' } },
    },
    { body: { type: 'event-over', handle } },
  ])
  const over = emitted[2]
  if (over?.body.type !== 'event-over') throw new Error('The end of the event was not reported.')
  expect(over.at).toBeGreaterThanOrEqual(start + 2200)
  expect(over.at).toBeLessThanOrEqual(start + 2210)
  expect(over.at - over.body.uncertainty).toBeLessThanOrEqual(start + 2200)
  expect(over.body.uncertainty).toBeLessThanOrEqual(10)
})

test('what was reported does not change with the live object', async () => {
  const { fetch, of } = await watchOne()
  fetch.progress(1)
  fetch.progress(2)
  fetch.succeed()
  expect(of('progress').map((body) => body.attributes.downloaded)).toEqual([1, 2])
})

test('an abort is reported as a failure that was aborted, with the records still there', async () => {
  const { fetch, watcher, of, handle } = await watchOne()
  fetch.progress(600)
  const followed = watcher.find(of('progress')[0]?.handle ?? expect.unreachable())
  expect(await followed?.registration.abort()).toBe(true)
  await vi.advanceTimersByTimeAsync(10)
  expect(of('settled')).toMatchObject([
    {
      handle,
      attributes: { result: 'failure', failureReason: 'aborted', recordsAvailable: true, downloaded: 0 },
    },
  ])
  expect(await followed?.registration.abort()).toBe(false)
  expect(of('event-over')).toHaveLength(0)
})

test.each(['bad-status', 'fetch-error', 'quota-exceeded', 'download-total-exceeded'] as const)(
  'a failure is reported with its reason: %s',
  async (failureReason) => {
    const { fetch, of } = await watchOne()
    fetch.fail(failureReason)
    expect(of('settled')).toMatchObject([{ attributes: { result: 'failure', failureReason } }])
  },
)

test('an end is reported once, and nothing after the worker’s event', async () => {
  const { fetch, types, platform } = await watchOne()
  fetch.succeed()
  fetch.objects[0]?.dispatchEvent(new Event('progress'))
  fetch.release()
  await vi.advanceTimersByTimeAsync(5000)
  fetch.objects[0]?.dispatchEvent(new Event('progress'))
  expect(types()).toEqual(['settled', 'event-over'])
  expect(platform.fetchListeners).toBe(0)
})

test('an end that came between get() and the listener is reported all the same', async () => {
  const { platform, look, types, of } = watchFrame()
  await look()
  const fetch = platform.start(SCOPE, 'episode')
  platform.beforeGot = () => fetch.fail('fetch-error')
  await vi.advanceTimersByTimeAsync(300)
  expect(types()).toEqual(['frame', 'inventory', 'fetch-seen', 'settled'])
  expect(of('settled')).toMatchObject([{ attributes: { failureReason: 'fetch-error' } }])
  fetch.release()
  await vi.advanceTimersByTimeAsync(2000)
  expect(of('event-over')).toHaveLength(1)
  expect(of('fetch-gone')).toHaveLength(0)
})

test('an end that is seen only after the worker’s event leaves nothing open', async () => {
  const { fetch, emitted, platform } = await watchOne()
  fetch.active = false
  fetch.attributes = { ...fetch.attributes, result: 'success', recordsAvailable: false }
  await vi.advanceTimersByTimeAsync(3000)
  expect(emitted.map(({ body }) => body.type)).toEqual(['settled', 'event-over'])
  const over = emitted[1]?.body
  expect(over?.type === 'event-over' && over.uncertainty).toBeGreaterThanOrEqual(1000)
  expect(platform.fetchListeners).toBe(0)
})

test('an id that is used again after its end gets a new handle', async () => {
  const { platform, fetch, of, handle } = await watchOne()
  fetch.succeed()
  const again = platform.start(SCOPE, 'episode', { downloadTotal: 7 })
  await vi.advanceTimersByTimeAsync(300)
  const [seen] = of('fetch-seen')
  expect(seen).toMatchObject({ id: 'episode', already: false, attributes: { downloadTotal: 7 } })
  expect(seen?.handle).not.toBe(handle)
  again.progress(3)
  expect(of('progress')).toMatchObject([{ handle: seen?.handle }])
  fetch.release()
  await vi.advanceTimersByTimeAsync(300)
  expect(of('event-over')).toMatchObject([{ handle }])
})

test('an end whose event is late is still an end, not a disappearance', async () => {
  const { fetch, types } = await watchOne()
  fetch.succeed(700)
  await vi.advanceTimersByTimeAsync(5000)
  expect(types()).toEqual(['settled'])
})

test('a fetch whose worker is unregistered is gone, once and after a grace', async () => {
  const { platform, handle, of } = await watchOne()
  platform.unregister(SCOPE)
  await vi.advanceTimersByTimeAsync(800)
  expect(of('fetch-gone')).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(1500)
  expect(of('fetch-gone')).toEqual([{ type: 'fetch-gone', handle, reason: 'unregistered' }])
  await vi.advanceTimersByTimeAsync(5000)
  expect(of('fetch-gone')).toHaveLength(1)
})

test('a worker that is unregistered after the end: its records are released, and no event is claimed', async () => {
  const { platform, fetch, of, types } = await watchOne()
  fetch.fail('aborted')
  await vi.advanceTimersByTimeAsync(20)
  platform.unregister(SCOPE)
  fetch.release()
  await vi.advanceTimersByTimeAsync(3000)
  expect(types().filter((type) => type !== 'frame')).toEqual(['settled', 'event-over'])
  expect(of('event-over')).toMatchObject([{ unregistered: true }])
  expect(platform.fetchListeners).toBe(0)
})

test('a fetch that is listed no longer although its worker is registered is gone too', async () => {
  const { fetch, handle, of, watcher, platform } = await watchOne()
  fetch.unregister()
  await vi.advanceTimersByTimeAsync(3000)
  const [gone] = of('fetch-gone')
  expect(gone).toEqual({ type: 'fetch-gone', handle, reason: 'not-listed' })
  expect(gone && watcher.find(gone.handle)).toBe(undefined)
  expect(platform.fetchListeners).toBe(0)
})

test('a fetch that was missing for a moment only is not gone', async () => {
  const { fetch, of } = await watchOne()
  fetch.active = false
  await vi.advanceTimersByTimeAsync(600)
  fetch.active = true
  await vi.advanceTimersByTimeAsync(600)
  fetch.active = false
  await vi.advanceTimersByTimeAsync(600)
  fetch.active = true
  await vi.advanceTimersByTimeAsync(3000)
  expect(of('fetch-gone')).toHaveLength(0)
})

test('a fetch can be found by its handle while it is followed, and until its records are released', async () => {
  const { fetch, watcher, of } = await watchOne()
  fetch.progress(1)
  const handle = of('progress')[0]?.handle ?? expect.unreachable()
  expect(watcher.find(handle)?.id).toBe('episode')
  fetch.succeed()
  await vi.advanceTimersByTimeAsync(2000)
  expect(watcher.find(handle)?.settled).toBe(true)
  fetch.release()
  await vi.advanceTimersByTimeAsync(500)
  expect(watcher.find(handle)).toBe(undefined)
})

test('a thousand fetches one after the other leave nothing behind', async () => {
  const { platform, of, watcher } = await watchOne()
  for (let i = 0; i < 1000; i++) {
    const fetch = platform.start(SCOPE, `${i % 3}`)
    await vi.advanceTimersByTimeAsync(250)
    fetch.succeed()
    fetch.release()
  }
  await vi.advanceTimersByTimeAsync(500)
  expect(of('settled')).toHaveLength(1000)
  expect(of('event-over')).toHaveLength(1000)
  expect(of('fetch-seen').filter((body) => watcher.find(body.handle))).toEqual([])
  expect(platform.fetchListeners).toBe(1)
})

test('a fetch that ended before its object could hear of it is gone as soon as its records are released', async () => {
  const { fetch, handle, of, platform } = await watchOne()
  fetch.endUnheard()
  await vi.advanceTimersByTimeAsync(250)
  expect(of('fetch-gone')).toEqual([])
  fetch.release()
  await vi.advanceTimersByTimeAsync(250)
  expect(of('fetch-gone')).toEqual([{ type: 'fetch-gone', handle, reason: 'not-listed' }])
  expect(platform.fetchListeners).toBe(0)
})

test('such a fetch is not taken for the next one of its id, although the id is listed all the time', async () => {
  const { platform, fetch, handle, of, types } = await watchOne()
  fetch.endUnheard()
  fetch.release()
  const next = platform.start(SCOPE, fetch.id)
  await vi.advanceTimersByTimeAsync(250)
  expect(types().filter((type) => type !== 'frame')).toEqual(['fetch-gone', 'fetch-seen'])
  const [seen] = of('fetch-seen')
  expect(seen).toMatchObject({ id: fetch.id, already: false })
  expect(seen?.handle).not.toBe(handle)
  next.fail('aborted')
  await vi.advanceTimersByTimeAsync(250)
  expect(of('settled')).toMatchObject([{ handle: seen?.handle }])
})
