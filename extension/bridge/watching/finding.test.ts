import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SCOPE, watchFrame } from './watch.fixture'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is found after a pause may have begun long before', async () => {
  const { platform, of, look, rest } = watchFrame()
  await look()
  await vi.advanceTimersByTimeAsync(1000)
  await rest()
  platform.start(SCOPE, 'meanwhile')
  await vi.advanceTimersByTimeAsync(20_000)
  await look()
  await vi.advanceTimersByTimeAsync(1000)
  platform.start(SCOPE, 'then')
  await vi.advanceTimersByTimeAsync(1000)
  expect(of('fetch-seen').map(({ id, already }) => [id, already])).toEqual([
    ['meanwhile', true],
    ['then', false],
  ])
})

test('a fetch that runs already is found at the first look', async () => {
  const { platform, look, of } = watchFrame()
  platform.start(SCOPE, 'episode', { downloadTotal: 500 }).progress(200)
  await look()
  expect(of('fetch-seen')).toMatchObject([
    { scope: SCOPE, id: 'episode', already: true, attributes: { downloaded: 200, downloadTotal: 500 } },
  ])
})

test('a fetch that starts later is found within a quarter of a second, and said to be new', async () => {
  const { platform, look, of } = watchFrame()
  await look()
  await vi.advanceTimersByTimeAsync(3000)
  platform.start(SCOPE, 'episode')
  await vi.advanceTimersByTimeAsync(250)
  expect(of('fetch-seen')).toMatchObject([{ id: 'episode', already: false }])
})

test('a fetch is reported once, however often it is looked at', async () => {
  const { platform, look, of } = watchFrame()
  platform.start(SCOPE, 'episode')
  await look()
  await vi.advanceTimersByTimeAsync(5000)
  expect(of('fetch-seen')).toHaveLength(1)
})

test('the inventory follows what was found at the first look, and comes once', async () => {
  const { platform, look, of, types } = watchFrame()
  platform.start(SCOPE, 'one')
  platform.start(SCOPE, 'two')
  await look()
  platform.start(SCOPE, 'three')
  await vi.advanceTimersByTimeAsync(3000)
  expect(types()).toEqual(['frame', 'fetch-seen', 'fetch-seen', 'inventory', 'fetch-seen'])
  const [one, two] = of('fetch-seen')
  expect(of('inventory')).toEqual([{ type: 'inventory', handles: [one?.handle, two?.handle] }])
})

test('the same id in two scopes is two fetches', async () => {
  const { platform, look, of } = watchFrame()
  platform.register('https://pod.example/app/')
  const outer = platform.start(SCOPE, 'episode')
  platform.start('https://pod.example/app/', 'episode')
  await look()
  const seen = of('fetch-seen')
  expect(seen.map((body) => body.scope)).toEqual([SCOPE, 'https://pod.example/app/'])
  expect(new Set(seen.map((body) => body.handle)).size).toBe(2)
  outer.progress(10)
  expect(of('progress')).toMatchObject([{ handle: seen[0]?.handle }])
})

test('a scope that is registered later is found, and the frame reported again', async () => {
  const { platform, look, of } = watchFrame()
  await look()
  platform.register('https://pod.example/app/')
  platform.start('https://pod.example/app/', 'episode')
  await vi.advanceTimersByTimeAsync(1300)
  expect(of('frame').map((body) => body.scopes)).toEqual([[SCOPE], [SCOPE, 'https://pod.example/app/']])
  expect(of('fetch-seen')).toMatchObject([{ id: 'episode', already: false }])
})

test('a frame is described once while nothing about it changes', async () => {
  const { platform, look, of } = watchFrame()
  platform.answer = 'denied'
  await look()
  await vi.advanceTimersByTimeAsync(3000)
  expect(of('frame')).toEqual([
    {
      type: 'frame',
      url: 'https://pod.example/',
      top: true,
      secure: true,
      supported: true,
      permission: 'denied',
      scopes: [SCOPE],
      error: '',
    },
  ])
})

test.each([
  ['insecure', { secure: false }],
  ['without background fetch', { supported: false }],
])('a frame that is %s says so, and its workers are never asked for', async (_, frame) => {
  const { platform, look, rest, emitted } = watchFrame()
  Object.assign(platform, frame)
  await rest()
  await look()
  await vi.advanceTimersByTimeAsync(5000)
  expect(emitted.map(({ body }) => body)).toMatchObject([{ type: 'frame', scopes: [], error: '', ...frame }])
  expect(platform.looks).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('when the browser refuses to list the registrations that is reported, and tried again', async () => {
  const { platform, look, of } = watchFrame()
  platform.refuses = new DOMException('The document is sandboxed.', 'SecurityError')
  platform.start(SCOPE, 'episode')
  await look()
  await vi.advanceTimersByTimeAsync(5000)
  expect(of('frame')).toMatchObject([{ error: 'SecurityError: The document is sandboxed.', scopes: [] }])
  platform.refuses = undefined
  await vi.advanceTimersByTimeAsync(1500)
  expect(of('frame')).toMatchObject([{}, { error: '', scopes: [SCOPE] }])
  expect(of('fetch-seen')).toMatchObject([{ id: 'episode', already: true }])
})

test('a frame that is not to look is described all the same', async () => {
  const { platform, stepDown, emitted } = watchFrame()
  platform.start(SCOPE, 'episode')
  await stepDown()
  await vi.advanceTimersByTimeAsync(3000)
  expect(emitted.map(({ body }) => body)).toMatchObject([{ type: 'frame', scopes: [SCOPE] }])
  expect(platform.looks).toBe(1)
})

test('page data of any length is cut to what the protocol allows', async () => {
  const { platform, look, of } = watchFrame()
  const scope = `https://pod.example/${'s'.repeat(50_000)}`
  platform.url = `https://pod.example/#${'u'.repeat(50_000)}`
  platform.register(scope)
  platform.start(scope, 'x'.repeat(1_000_000))
  await look()
  const [seen] = of('fetch-seen')
  expect(seen?.id).toHaveLength(16_384)
  expect(seen?.id).toContain('1000000')
  expect(seen?.scope).toHaveLength(16_384)
  expect(of('frame')[0]?.url).toHaveLength(16_384)
  expect(of('frame')[0]?.scopes[1]).toHaveLength(16_384)
})

test('two ids that are cut to the same text are two fetches', async () => {
  const { platform, look, of } = watchFrame()
  platform.start(SCOPE, `${'x'.repeat(20_000)}a`)
  platform.start(SCOPE, `${'x'.repeat(20_000)}b`)
  await look()
  expect(new Set(of('fetch-seen').map((body) => body.handle)).size).toBe(2)
})

test('a fetch that ends between getIds() and get() is not reported at all', async () => {
  const { platform, look, of } = watchFrame()
  const first = platform.start(SCOPE, 'first')
  const second = platform.start(SCOPE, 'second')
  platform.beforeGot = (fetch) => {
    if (fetch === first) second.succeed()
  }
  await look()
  await vi.advanceTimersByTimeAsync(3000)
  expect(of('fetch-seen')).toMatchObject([{ id: 'first' }])
})

test('a fetch that was started by the bridge is followed to its end, also where that comes before a look', async () => {
  const { platform, watcher, look, of } = watchFrame()
  await look()
  const fetch = platform.start(SCOPE, 'own')
  const object = fetch.object()
  const started = watcher.started(SCOPE, object)
  fetch.fail('fetch-error')
  await started
  await vi.advanceTimersByTimeAsync(1000)
  expect(of('fetch-seen')).toMatchObject([{ id: 'own', already: false }])
  expect(of('settled')).toMatchObject([{ attributes: { failureReason: 'fetch-error' } }])
})

test('a fetch that was started by the bridge and found by a look is followed once', async () => {
  const { platform, watcher, look, of } = watchFrame()
  await look()
  const fetch = platform.start(SCOPE, 'own')
  await watcher.started(SCOPE, fetch.object())
  await vi.advanceTimersByTimeAsync(1000)
  await watcher.started(SCOPE, fetch.object())
  expect(of('fetch-seen')).toHaveLength(1)
})

/** What the browser answers where it can't read its own data. */
const ioError = () => new DOMException('Failed to get registration IDs due to I/O error.', 'AbortError')

test('where the fetches of a registration can’t be listed, none of them has gone, and none is new afterwards', async () => {
  const { platform, look, of, types } = watchFrame()
  platform.start(SCOPE, 'one')
  await look()
  platform.fails = { getIds: ioError }
  await vi.advanceTimersByTimeAsync(5000)
  platform.start(SCOPE, 'meanwhile')
  platform.fails = {}
  await vi.advanceTimersByTimeAsync(1000)
  expect(types()).not.toContain('fetch-gone')
  expect(of('fetch-seen').map(({ id, already }) => [id, already])).toEqual([
    ['one', true],
    ['meanwhile', true],
  ])
})

test('there is an inventory once all fetches were listed', async () => {
  const { platform, look, of, types } = watchFrame()
  platform.start(SCOPE, 'one')
  platform.fails = { getIds: ioError }
  await look()
  expect(types()).not.toContain('inventory')
  platform.fails = {}
  await vi.advanceTimersByTimeAsync(1000)
  expect(of('fetch-seen')).toMatchObject([{ id: 'one', already: true }])
  expect(of('inventory')).toMatchObject([{ handles: [of('fetch-seen')[0]?.handle] }])
})

test('a fetch that can’t be read hides no other one', async () => {
  const { platform, look, of } = watchFrame()
  platform.start(SCOPE, 'unreadable')
  platform.start(SCOPE, 'other')
  platform.fails = { get: (id) => (id === 'unreadable' ? ioError() : undefined) }
  await look()
  expect(of('fetch-seen')).toMatchObject([{ id: 'other' }])
})

test('a fetch whose ID is listed as an empty one hides nothing of the others', async () => {
  const { platform, look, of } = watchFrame()
  platform.start(SCOPE, '')
  platform.fails = { get: (id) => (id === '' ? new TypeError('The provided id is invalid.') : undefined) }
  await look()
  expect(of('inventory')).toMatchObject([{ handles: [] }])
  platform.start(SCOPE, 'other')
  await vi.advanceTimersByTimeAsync(1000)
  expect(of('fetch-seen')).toMatchObject([{ id: 'other', already: false }])
})
