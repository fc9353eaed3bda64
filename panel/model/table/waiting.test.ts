import { expect, test } from 'vitest'
import { createStream, observed, startedStream } from '../streams/events.fixture'
import { heldHint, waitingText } from './waiting'

function textOf(stream: ReturnType<typeof createStream>, later: number, id = 'episode') {
  const fetch = stream.model.fetches.find((one) => one.id === id)
  const at = stream.events.at(-1)?.at ?? 0
  return fetch ? waitingText(fetch, stream.model.fetches, at + later) : undefined
}

test('nothing is said of a fetch that goes on, nor of one that has just begun', () => {
  const stream = startedStream()
  expect(textOf(stream, 500)).toBe('')
  stream.page(observed.progress('h', 10))
  expect(textOf(stream, 3000)).toBe('')
})

test('the first byte is waited for, and then progress', () => {
  const stream = startedStream()
  expect(textOf(stream, 25_000)).toBe('no bytes yet, 25 s')
  stream.page(observed.progress('h', 10))
  expect(textOf(stream, 7000)).toBe('no progress for 7 s')
})

test('of a fetch that began before it was seen only the least time is known', () => {
  const stream = startedStream({ already: true })
  expect(textOf(stream, 25_000)).toBe('no bytes yet, ≥ 25 s')
})

test('a fetch waits behind the one of its origin that runs', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'front' }))
  stream.page(observed.seen('h2', { id: 'behind' }))
  // Which of the two the browser runs is not known before bytes have arrived.
  expect(textOf(stream, 25_000, 'behind')).toBe('no bytes yet, 25 s')
  stream.page(observed.progress('h1', 10))
  expect(textOf(stream, 0, 'behind')).toBe('behind front')
  expect(textOf(stream, 0, 'front')).toBe('')
  stream.page(observed.failure('h1'))
  expect(textOf(stream, 0, 'behind')).toBe('')
})

test('a fetch of another origin is not in front', () => {
  const stream = createStream()
  const there = { storageKey: 'https://other.example', producer: 'bridge-2' }
  stream.page(observed.seen('h1', { id: 'front' }), 10, there)
  stream.page(observed.progress('h1', 10), 10, there)
  stream.page(observed.seen('h2', { id: 'behind' }))
  expect(textOf(stream, 500, 'behind')).toBe('')
})

test('a fetch whose bytes went back to none says so, and does not wait for its first byte', () => {
  const stream = startedStream()
  stream.page(observed.progress('h', 10))
  stream.page(observed.progress('h', 0))
  expect(textOf(stream, 4000)).toBe('back to 0 B, 4 s')
})

test('nothing is said of a fetch that no page shows, nor of one that has ended', () => {
  const stream = startedStream()
  stream.page(observed.frameGone())
  expect(textOf(stream, 60_000)).toBe('')
  const ended = startedStream()
  ended.page(observed.failure('h'))
  expect(textOf(ended, 60_000)).toBe('')
})

test('what may hold a fetch back is said where nothing is known of it', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'front' }))
  stream.page(observed.seen('h2', { id: 'behind' }))
  const hint = (at: number, later: number) => {
    const fetch = stream.model.fetches[at]
    return fetch && heldHint(fetch, stream.model.fetches, (stream.events.at(-1)?.at ?? 0) + later)
  }
  expect(hint(0, 500)).toBe('')
  expect(hint(0, 5000)).toMatch(/offline/)
  stream.page(observed.progress('h1', 10))
  expect(hint(0, 5000)).toBe('')
  expect(hint(1, 5000)).toBe('')
})
