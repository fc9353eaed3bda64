import { afterAll, expect, test, vi } from 'vitest'
import type { ProbeBody } from '../../protocol/worker-events'

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
