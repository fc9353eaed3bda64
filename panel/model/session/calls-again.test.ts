import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { createStream, KEY, observed } from '../streams/events.fixture'
import { called, calledAtLine, location } from './calls.fixture'

type Stream = ReturnType<typeof createStream>

const OTHER = { scope: `${KEY}/other/` }
const initiators = ({ model }: Stream) =>
  model.fetches.map(({ initiator }) => initiator?.location?.line ?? null)
const calledBy = (file: string): Body =>
  ({ ...called('fetch'), callers: [{ url: file, line: 1, column: 1 }] }) as Body

test('of two calls at different places and the fetches of two scopes, none is given to either', () => {
  const stream = createStream()
  stream.page(called('fetch'))
  stream.page(calledAtLine(99))
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', OTHER))
  expect(initiators(stream)).toEqual([null, null])
})

test('of two calls at one place, both fetches are of that, and neither of the stack of one call', () => {
  const stream = createStream()
  stream.page(calledBy('a.js'))
  stream.page(calledBy('b.js'))
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', OTHER))
  stream.page(observed.seen('h3', { scope: `${KEY}/third/` }))
  expect(initiators(stream)).toEqual([location.line, location.line, null])
  expect(stream.model.fetches.map(({ initiator }) => initiator?.callers)).toEqual([[], [], undefined])
})

test('a call that may have started a fetch has not started the next one of its ID and scope', () => {
  const stream = createStream()
  stream.page(called('fetch'))
  stream.page(called('fetch'))
  stream.page(observed.seen('h1'))
  stream.page(observed.failure('h1'))
  stream.page(observed.over('h1'))
  // By nothing that was seen.
  stream.page(observed.seen('h2'))
  expect(initiators(stream)).toEqual([location.line, null])
})

test('nor has one that was made while the fetch before it ran: the browser refuses it', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(called('fetch'), 100)
  stream.page(observed.failure('h1'), 500)
  stream.page(observed.over('h1'))
  stream.page(observed.seen('h2'), 100)
  expect(initiators(stream)).toEqual([null, null])
})

test.each<[string, (stream: Stream) => void]>([
  ['right after its end', (stream) => stream.page(called('fetch'), 10)],
  ['right before its end is reported', (stream) => stream.page(called('fetch'), -10)],
])('one that was made %s may have', (_, call) => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.failure('h1'), 500)
  call(stream)
  stream.page(observed.over('h1'), 20)
  stream.page(observed.seen('h2'), 20)
  expect(initiators(stream)).toEqual([null, location.line])
})

test('one that was made after the page’s own abort() may have, although the end is reported late', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(called('abort'), 100)
  stream.page(called('fetch'), 0)
  stream.page(observed.failure('h1'), 500)
  stream.page(observed.over('h1'))
  stream.page(observed.seen('h2'), 100)
  expect(initiators(stream)).toEqual([null, location.line])
})

test.each([
  ['the Console', { location: null }],
  ['an extension', { location: null, extension: true }],
])('beside a call by %s with its ID, a fetch is not said to be of the page’s', (_, some) => {
  const byPage = called('fetch')
  const other = { ...byPage, ...some } as Body
  for (const calls of [
    [byPage, other],
    [other, byPage],
  ]) {
    const stream = createStream()
    for (const call of calls) stream.page(call)
    stream.page(observed.seen('h'))
    expect(initiators(stream)).toEqual([null])
    expect(stream.last()).not.toMatch(/; by /)
  }
})
