import { expect, test } from 'vitest'
import { createStream, observed } from '../streams/events.fixture'
import { lastAborted, PATIENCE, pressAnswer, WAITING } from './abort-answer'

function pressed() {
  const stream = createStream()
  stream.page(observed.seen('a', { id: 'a' }))
  stream.page(observed.seen('b', { id: 'b' }))
  return stream
}

const answer = (stream: ReturnType<typeof createStream>, later = 0) => {
  const said = pressAnswer(lastAborted(stream.model.fetches), (stream.events.at(-1)?.at ?? 0) + later)
  return said && { id: said.fetch?.id ?? null, text: said.text, bad: said.bad }
}

test('a press is waited for in silence, then with a word, and then with a complaint', () => {
  const stream = pressed()
  expect(answer(stream)).toBe(null)
  stream.panel(observed.abort('a'))
  expect(answer(stream, WAITING - 1)).toBe(null)
  expect(answer(stream, WAITING)).toEqual({ id: 'a', text: 'aborting…', bad: false })
  expect(answer(stream, PATIENCE)).toMatchObject({
    id: 'a',
    bad: true,
    text: expect.stringMatching(/does not answer/),
  })
})

test('the answer to one press says how long it took', () => {
  const stream = pressed()
  stream.panel(observed.abort('a'))
  stream.page(observed.answer('a'), 12)
  expect(answer(stream)).toEqual({ id: 'a', text: 'aborted; the page answered after 12 ms', bad: false })
})

test('a fetch that has ended before the page has answered is not said to be aborted by the press', () => {
  const stream = pressed()
  stream.panel(observed.abort('a'))
  stream.page(observed.failure('a'))
  expect(answer(stream, PATIENCE)).toBe(null)
  stream.page(observed.answer('a', { kind: 'already-finished' }))
  expect(answer(stream)).toMatchObject({
    id: 'a',
    bad: true,
    text: expect.stringMatching(/already finished/),
  })
})

test('several fetches are one answer, once all have answered', () => {
  const stream = pressed()
  stream.panel(observed.abort('a', 'c1'))
  stream.panel(observed.abort('b', 'c2'))
  stream.page(observed.answer('a', { kind: 'resolved', value: true }, 'c1'))
  expect(answer(stream)).toBe(null)
  stream.page(observed.answer('b', { kind: 'resolved', value: true }, 'c2'))
  expect(answer(stream)).toEqual({ id: null, text: 'all 2 aborted', bad: false })
})

test('what went wrong comes before what went right', () => {
  const stream = pressed()
  stream.panel(observed.abort('a', 'c1'))
  stream.panel(observed.abort('b', 'c2'))
  stream.page(observed.answer('a', { kind: 'resolved', value: false }, 'c1'))
  stream.page(observed.answer('b', { kind: 'resolved', value: true }, 'c2'))
  expect(answer(stream)).toMatchObject({ id: 'a', bad: true, text: expect.stringMatching(/^not aborted/) })
})

test('an abort that has ended the fetch is not called in vain, where it was asked for once more', () => {
  const stream = pressed()
  stream.panel(observed.abort('a', 'c1'))
  stream.page(observed.answer('a', { kind: 'resolved', value: true }, 'c1'), 12)
  stream.panel(observed.abort('a', 'c2'))
  stream.page(observed.answer('a', { kind: 'resolved', value: false }, 'c2'))
  expect(answer(stream)).toEqual({ id: 'a', text: 'aborted; the page answered after 12 ms', bad: false })
})
