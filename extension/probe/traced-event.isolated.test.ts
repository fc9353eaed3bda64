import { afterAll, expect, test, vi } from 'vitest'
import type { ProbeBody } from '../../protocol/probe-events'

vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
afterAll(() => {
  vi.useRealTimers()
})
// The probe takes the built-ins when it is loaded.
const { createTracedEvent } = await import('./traced-event')

function traced() {
  const said: ProbeBody[] = []
  const kept: unknown[][] = []
  const event = createTracedEvent(
    1,
    (body) => said.push(body),
    (...args) => kept.push(args),
  )
  return { event, said, kept, types: () => said.map(({ type }) => type) }
}

const done = (said: readonly ProbeBody[]) => said.filter(({ type }) => type === 'event-done')
test('an event without waitUntil() is done when its listeners have returned', async () => {
  const { event, types } = traced()
  event.returned(null)
  event.returned(null)
  await vi.runAllTimersAsync()
  expect(types()).toEqual(['handler-returned', 'event-done'])
})

test('the end of a listener is not said any more when all have returned', () => {
  const { event, types } = traced()
  event.listenerReturned()
  event.returned(null)
  event.listenerReturned()
  expect(types()).toEqual(['listener-returned', 'handler-returned'])
})

test('an event is done when everything that it waits for has settled, and counts what was rejected', async () => {
  const { event, said } = traced()
  const first = event.waitUntil('promise', null)
  const second = event.waitUntil('promise', null)
  expect([first, second]).toEqual([1, 2])
  event.returned(null)
  event.promiseSettled(first, null)
  await vi.runAllTimersAsync()
  expect(done(said)).toEqual([])
  event.promiseSettled(second, { message: 'no', stack: '' })
  await vi.runAllTimersAsync()
  expect(done(said)).toMatchObject([{ promises: 2, rejected: 1 }])
})

test('an event is not done before its listeners have returned', async () => {
  const { event, said } = traced()
  event.promiseSettled(event.waitUntil('promise', null), null)
  await vi.runAllTimersAsync()
  expect(done(said)).toEqual([])
})

test('waitUntil() in a reaction of the last promise keeps the event open', async () => {
  const { event, said } = traced()
  event.returned(null)
  event.promiseSettled(event.waitUntil('promise', null), null)
  const late = event.waitUntil('promise', null)
  await vi.runAllTimersAsync()
  expect(done(said)).toEqual([])
  event.promiseSettled(late, null)
  await vi.runAllTimersAsync()
  expect(done(said)).toMatchObject([{ promises: 2 }])
})

test('an event that waits for a foreign thenable is never said to be done', async () => {
  const { event, said } = traced()
  event.waitUntil('thenable', null)
  event.returned(null)
  await vi.runAllTimersAsync()
  expect(done(said)).toEqual([])
})

test('the promise of updateUI() is kept to be looked at, with its title in words', () => {
  const { event, said, kept } = traced()
  const promise = Promise.resolve()
  event.updateUI({ title: 'x'.repeat(10_000) }, promise, null)
  expect(kept).toEqual([[1, promise]])
  expect(said.at(-1)).toMatchObject({ type: 'update-ui', n: 1, title: 'x'.repeat(200) })
})

test('a title that only the script’s code could tell is not asked for', () => {
  const { event, said } = traced()
  const asked = vi.fn(() => {
    throw new Error('asked')
  })
  const refusing = new Proxy({}, { get: asked, getOwnPropertyDescriptor: asked, getPrototypeOf: asked })
  for (const options of [
    Object.defineProperty({}, 'title', { get: asked }),
    { title: { toString: asked } },
  ]) {
    event.updateUI(options, undefined, null)
  }
  expect(asked).not.toHaveBeenCalled()
  for (const options of [undefined, null, 5, refusing]) event.updateUI(options, undefined, null)
  expect(said).toHaveLength(6)
  for (const body of said) expect(body).toMatchObject({ type: 'update-ui', title: '' })
})

const counted = (said: readonly ProbeBody[]) => said.filter(({ type }) => type === 'calls-counted')

test('the first hundred calls are reported one by one, the others are followed and counted', async () => {
  const { event, said, types } = traced()
  const numbers: number[] = []
  for (let i = 0; i < 20_000; i++) numbers.push(event.waitUntil('promise', null))
  event.returned(null)
  expect(types().filter((type) => type === 'wait-until')).toHaveLength(100)
  expect(event.counts).toBe(true)
  for (const [i, n] of numbers.entries()) {
    event.promiseSettled(n, i % 1000 === 999 ? { message: 'no', stack: '' } : null)
  }
  await vi.runAllTimersAsync()
  expect(counted(said)).toMatchObject([{ called: 19_900, awaited: 19_900, fulfilled: 19_880, rejected: 20 }])
  expect(done(said)).toMatchObject([{ promises: 20_000, rejected: 20 }])
  expect(types().indexOf('calls-counted')).toBeLessThan(types().indexOf('event-done'))
  expect(types()).toHaveLength(100 + 100 + 3)
})

test('what is counted is reported while the event goes on, and once', async () => {
  const { event, said } = traced()
  for (let i = 0; i < 150; i++) event.waitUntil('promise', null)
  await vi.runAllTimersAsync()
  expect(counted(said)).toMatchObject([{ called: 50, fulfilled: 0, rejected: 0 }])
  await vi.runAllTimersAsync()
  expect(counted(said)).toHaveLength(1)
})

test('refused calls and updateUI() are counted too', async () => {
  const { event, said } = traced()
  const error = { message: 'too late', stack: '' }
  for (let i = 0; i < 1000; i++) {
    event.waitUntilRefused(error, 'event-over', null)
    event.updateUI({}, undefined, null)
  }
  await vi.runAllTimersAsync()
  expect(counted(said)).toMatchObject([{ called: 0, refused: 900, updates: 900 }])
  expect(said).toHaveLength(100 + 100 + 1)
})
