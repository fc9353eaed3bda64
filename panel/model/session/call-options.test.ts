import { expect, test } from 'vitest'
import type { BodyOf } from '../../../protocol/events'
import { createStream, KEY, observed } from '../streams/events.fixture'
import { called, rowsOf } from './calls.fixture'

const given = (calledAt: number, title: string | null = 'An episode'): BodyOf<'call-options'> => ({
  ...{ type: 'call-options', id: 'episode', origin: KEY, calledAt, title },
  icons: [{ src: '/a.png', sizes: '48x48' }],
})

test.each([
  ['before', true],
  ['after', false],
])('options of a call that are read %s its fetch is seen are of it, and are no row', (_, isBefore) => {
  const stream = createStream()
  const { at } = stream.page(called('fetch'))
  if (isBefore) stream.page(given(at))
  stream.page(observed.seen('h'))
  if (!isBefore) stream.page(given(at))
  expect(stream.model.fetches[0]?.options).toMatchObject({ title: 'An episode' })
  expect(rowsOf(stream, 'call-options')).toEqual([])
})

test.each<[string, (at: number) => BodyOf<'call-options'>]>([
  ['of another ID', (at) => ({ ...given(at), id: 'b' })],
  ['of another origin', (at) => ({ ...given(at), origin: 'https://other.example' })],
  ['of another moment', (at) => given(at - 1)],
])('options %s are not of the fetch', (_, options) => {
  const stream = createStream()
  const { at } = stream.page(called('fetch'))
  stream.page(observed.seen('h'))
  stream.page(options(at))
  expect(stream.model.fetches[0]?.options).toBeNull()
})

test('which of two calls’ options a fetch has is not guessed', () => {
  const stream = createStream()
  const first = stream.page(called('fetch'))
  stream.page(given(first.at, 'first'))
  const second = stream.page(called('fetch'))
  stream.page(observed.seen('h'))
  stream.page(given(second.at, 'second'))
  expect(stream.model.fetches[0]?.initiator).not.toBeNull()
  expect(stream.model.fetches[0]?.options).toBeNull()
})

test('nor which of two calls of one moment has options', () => {
  const stream = createStream()
  const { at } = stream.page(called('fetch'))
  stream.page(observed.seen('h'))
  stream.page(called('fetch'), 0, { at })
  stream.page(given(at))
  stream.page(observed.seen('h2', { scope: `${KEY}/other/` }))
  expect(stream.model.fetches.map(({ initiator }) => initiator?.type)).toEqual(['page-call', 'page-call'])
  expect(stream.model.fetches.map(({ options }) => options)).toEqual([null, null])
})

test('a fetch that another call of its ID may have started has the options of neither', () => {
  const stream = createStream()
  const { at } = stream.page(called('fetch'))
  stream.page(called('fetch'), 0)
  stream.page(given(at))
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.options).toBeNull()
})
