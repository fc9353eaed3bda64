import { expect, test } from 'vitest'
import { say, tell } from '../events.fixture'
import { waitingText } from './waiting'

function told(stream: ReturnType<typeof tell>, later: number, id = 'episode') {
  const fetch = stream.model.fetches.find((one) => one.id === id)
  const at = stream.events.at(-1)?.at ?? 0
  return fetch ? waitingText(fetch, stream.model.fetches, at + later) : undefined
}

test('nothing is said of a fetch that goes on, nor of one that has just begun', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  expect(told(stream, 500)).toBe('')
  stream.page(say.progress('h', 10))
  expect(told(stream, 3000)).toBe('')
})

test('the first byte is waited for, and then progress', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  expect(told(stream, 25_000)).toBe('waiting for the first byte, 25 s')
  stream.page(say.progress('h', 10))
  expect(told(stream, 7000)).toBe('no progress for 7 s')
})

test('of a fetch that began before it was seen only the least time is known', () => {
  const stream = tell()
  stream.page(say.seen('h', { already: true }))
  expect(told(stream, 25_000)).toBe('waiting for the first byte, at least 25 s')
})

test('a fetch waits behind the one of its origin that runs', () => {
  const stream = tell()
  stream.page(say.seen('h1', { id: 'front' }))
  stream.page(say.seen('h2', { id: 'behind' }))
  // Which of the two the browser runs is not known before bytes have arrived.
  expect(told(stream, 25_000, 'behind')).toBe('waiting for the first byte, 25 s')
  stream.page(say.progress('h1', 10))
  expect(told(stream, 0, 'behind')).toBe('behind front')
  expect(told(stream, 0, 'front')).toBe('')
  stream.page(say.failure('h1'))
  expect(told(stream, 0, 'behind')).toBe('')
})

test('a fetch of another origin is not in front', () => {
  const stream = tell()
  const there = { storageKey: 'https://other.example', producer: 'bridge-2' }
  stream.page(say.seen('h1', { id: 'front' }), 10, there)
  stream.page(say.progress('h1', 10), 10, there)
  stream.page(say.seen('h2', { id: 'behind' }))
  expect(told(stream, 500, 'behind')).toBe('')
})

test('a fetch whose bytes went back to none says so, and does not wait for its first byte', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.progress('h', 10))
  stream.page(say.progress('h', 0))
  expect(told(stream, 4000)).toBe('back to 0 B, 4 s')
})

test('nothing is said of a fetch that no page shows, nor of one that has ended', () => {
  const stream = tell()
  stream.page(say.seen('h'))
  stream.page(say.frameGone())
  expect(told(stream, 60_000)).toBe('')
  const ended = tell()
  ended.page(say.seen('h'))
  ended.page(say.failure('h'))
  expect(told(ended, 60_000)).toBe('')
})
