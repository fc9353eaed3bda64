import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { createStream, observed } from './events.fixture'

test('events that come late are sorted by their clock', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'a' }))
  stream.page(observed.seen('h2', { id: 'b' }))
  stream.page(observed.seen('h3', { id: 'c' }), 0, { at: 1_000_015 })
  expect(stream.model.rows.map((row) => row.fetch?.id)).toEqual(['a', 'c', 'b'])
})

test('events of the same moment stay as they came', () => {
  const stream = createStream()
  for (const id of ['a', 'b', 'c']) stream.page(observed.seen(id, { id }), 0)
  expect(stream.model.rows.map((row) => row.fetch?.id)).toEqual(['a', 'b', 'c'])
})

test('consecutive progress of a fetch shares a row, which counts and shows the last', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { id: 'other' }))
  for (let i = 1; i <= 5; i++) {
    stream.page(observed.progress('h1', i * 100))
    stream.page(observed.progress('h2', i))
  }
  stream.page(observed.failure('h1'))
  expect(stream.kinds()).toEqual(['fetch-seen', 'fetch-seen', 'progress', 'progress', 'settled'])
  expect(stream.model.rows[2]).toMatchObject({
    count: 5,
    event: { body: { attributes: { downloaded: 500 } } },
  })
})

test('a response that several pages tell of has one row', () => {
  const stream = createStream()
  const other = (body: Body) => stream.page(body, 1, { document: 'other' })
  stream.page(observed.seen('h1'))
  other(observed.seen('h2', { already: true }))
  stream.page(observed.response('h1', { url: 'a' }, 1))
  other(observed.response('h2', { url: 'a' }, 1))
  // One URL may be asked for twice.
  other(observed.response('h2', { url: 'b' }, 2))
  other(observed.response('h2', { url: 'b' }, 3))
  stream.page(observed.response('h1', { url: 'b' }, 2))
  expect(stream.kinds()).toEqual(['fetch-seen', 'response-ready', 'response-ready', 'response-ready'])
  expect(stream.model.fetches).toMatchObject([{ responses: { ready: 3, total: 3 } }])
})

test('what happens between is not passed over: progress after it has a row of its own', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.progress('h', 1))
  stream.panel(observed.abort('h'))
  stream.page(observed.progress('h', 2))
  expect(stream.kinds()).toEqual(['fetch-seen', 'progress', 'abort-requested', 'progress'])
})

test('a row keeps its name while others come before and after it', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  const [row] = stream.model.rows
  const key = row?.key
  stream.page(observed.seen('h2', { id: 'b' }), 0, { at: 1 })
  stream.page(observed.progress('h1', 1))
  expect(stream.model.rows[1]).toBe(row)
  expect(row?.key).toBe(key)
  expect(new Set(stream.model.rows.map((one) => one.key)).size).toBe(3)
})

test('rows that the journal has dropped are dropped here as well, and what remains stays the same', () => {
  const stream = createStream()
  for (let i = 0; i < 130; i++) stream.page(observed.seen(`h${i}`, { id: `${i}` }))
  const { model } = stream
  const { version } = model.since(-1)
  const last = model.rows.at(-1)
  stream.panel({ type: 'journal-cut', dropped: 30, bound: 100 })
  expect(model.rows).toHaveLength(81)
  expect(model.rows.at(-2)).toBe(last)
  expect(model.since(version).from).toBe(0)
  for (let i = 0; i < 10; i++) stream.panel({ type: 'journal-cut', dropped: 30, bound: 100 })
  expect(model.rows).toHaveLength(91)
})
