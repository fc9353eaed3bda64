import { expect, test } from 'vitest'
import { say, tell } from '../events.fixture'
import { lastAborted, PATIENCE, pressAnswer, WAITING } from './abort-answer'

function pressed() {
  const stream = tell()
  stream.page(say.seen('a', { id: 'a' }))
  stream.page(say.seen('b', { id: 'b' }))
  return stream
}

const answer = (stream: ReturnType<typeof tell>, later = 0) => {
  const said = pressAnswer(lastAborted(stream.model.fetches), (stream.events.at(-1)?.at ?? 0) + later)
  return said && { id: said.fetch?.id ?? null, text: said.text, bad: said.bad }
}

test('a press is waited for in silence, then with a word, and then with a complaint', () => {
  const stream = pressed()
  expect(answer(stream)).toBe(null)
  stream.panel(say.abort('a'))
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
  stream.panel(say.abort('a'))
  stream.page(say.answer('a'), 12)
  expect(answer(stream)).toEqual({ id: 'a', text: 'aborted after 12 ms', bad: false })
})

test('several fetches are one answer, once all have answered', () => {
  const stream = pressed()
  stream.panel(say.abort('a', 'c1'))
  stream.panel(say.abort('b', 'c2'))
  stream.page(say.answer('a', { kind: 'resolved', value: true }, 'c1'))
  expect(answer(stream)).toBe(null)
  stream.page(say.answer('b', { kind: 'resolved', value: true }, 'c2'))
  expect(answer(stream)).toEqual({ id: null, text: 'all 2 aborted', bad: false })
})

test('what went wrong comes before what went right', () => {
  const stream = pressed()
  stream.panel(say.abort('a', 'c1'))
  stream.panel(say.abort('b', 'c2'))
  stream.page(say.answer('a', { kind: 'resolved', value: false }, 'c1'))
  stream.page(say.answer('b', { kind: 'resolved', value: true }, 'c2'))
  expect(answer(stream)).toMatchObject({ id: 'a', bad: true, text: expect.stringMatching(/^not aborted/) })
})
