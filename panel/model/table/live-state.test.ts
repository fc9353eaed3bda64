import { expect, test } from 'vitest'
import { standstillOf } from '../session/standstill/standstill'
import { createStream, observed, startedStream } from '../streams/events.fixture'
import { stateText } from './live-state'

function shown({ model, events }: ReturnType<typeof createStream>, later: number, id = 'episode') {
  const fetch = model.fetches.find((one) => one.id === id) ?? expect.unreachable()
  const standstill = standstillOf(fetch, model, (events.at(-1)?.at ?? 0) + later)
  return [stateText(fetch, model.fetches, standstill), standstill?.text ?? '']
}

test('a fetch without bytes is not said to be queued where none of its origin began before it', () => {
  const stream = startedStream()
  expect(shown(stream, 500)).toEqual(['no bytes yet', ''])
  expect(shown(stream, 25_000)).toEqual(['', 'no bytes yet, 25 s'])
  const there = { storageKey: 'https://other.example', producer: 'bridge-2' }
  stream.page(observed.seen('h2', { id: 'other' }), 10, there)
  expect(shown(stream, 500, 'other')).toEqual(['no bytes yet', ''])
})

test('a fetch is queued behind one that began before it, whether that has bytes or not, until that has ended', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'front', began: { after: 1, before: 2 } }))
  stream.page(observed.seen('h2', { id: 'behind', began: { after: 2, before: 3 } }))
  expect(shown(stream, 500, 'front')).toEqual(['no bytes yet', ''])
  expect(shown(stream, 500, 'behind')).toEqual(['queued', ''])
  stream.page(observed.progress('h1', 10))
  expect(shown(stream, 500, 'behind')).toEqual(['queued', 'behind front'])
  stream.page(observed.failure('h1'))
  expect(shown(stream, 500, 'behind')).toEqual(['no bytes yet', ''])
})

test('of two fetches that were there already neither is said to have begun first', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'one', already: true }))
  stream.page(observed.seen('h2', { id: 'two', already: true }))
  expect(shown(stream, 500, 'one')).toEqual(['no bytes yet', ''])
  expect(shown(stream, 500, 'two')).toEqual(['no bytes yet', ''])
})

test('a fetch whose bytes went back to none is neither queued nor without bytes so far', () => {
  const stream = startedStream()
  stream.page(observed.progress('h', 10))
  stream.page(observed.progress('h', 0))
  expect(shown(stream, 4000)).toEqual(['', '0 B again, 4 s'])
})
