import { expect, test } from 'vitest'
import { disambiguator } from '../session/disambiguator'
import { createStream, observed } from './events.fixture'

test('an id that is used again is another fetch, and nothing of the two is mixed', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.progress('h1', 600))
  stream.page(observed.failure('h1'))
  stream.page(observed.seen('h2'))
  stream.page(observed.progress('h2', 10))
  stream.page(observed.over('h1'))
  expect(stream.states()).toEqual(['episode 1 over', 'episode 2 active'])
  const [first, second] = stream.model.fetches
  expect(first).toMatchObject({ arrived: 600, attributes: { failureReason: 'aborted' } })
  expect(second).toMatchObject({ arrived: 10, attributes: { downloaded: 10, result: '' }, settledAt: null })
  expect(first?.key).not.toBe(second?.key)
  expect(stream.model.rows.map((row) => row.fetch?.occurrence)).toEqual([1, 1, 1, 2, 2, 1])
})

test('the same id in another scope or another storage key is another fetch, and the first of it', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { scope: 'https://pod.example/app/', already: true }))
  stream.page(observed.seen('h3', { already: true }), 10, {
    storageKey: 'https://pod.example in https://top.net',
  })
  expect(stream.model.fetches.map((fetch) => fetch.occurrence)).toEqual([1, 1, 1])
  expect(new Set(stream.model.fetches.map((fetch) => fetch.key)).size).toBe(3)
})

test('a reload in the middle goes on with the same fetch', () => {
  const stream = createStream()
  const seen = stream.page(observed.seen('before'))
  stream.page(observed.progress('before', 300))
  stream.panel(observed.navigated())
  stream.panel(observed.frameGone(), 10, { document: 'document-1', storageKey: 'https://pod.example' })
  expect(stream.states()).toEqual(['episode 1 unobserved'])
  const about = { producer: 'bridge-2', document: 'document-2' }
  stream.page(observed.seen('after', { already: true }, { downloaded: 450 }), 10, about)
  stream.page(observed.inventory('after'), 10, about)
  expect(stream.states()).toEqual(['episode 1 active'])
  stream.page(observed.success('after'), 10, about)
  expect(stream.states()).toEqual(['episode 1 settled'])
  expect(stream.model.fetches[0]).toMatchObject({ seenAt: seen.at, already: false, arrived: 1000 })
  expect(stream.kinds()).toEqual(['fetch-seen', 'progress', 'navigated', 'settled'])
})

test('an abort after a reload goes to the page that is there now', () => {
  const stream = createStream()
  stream.page(observed.seen('before'))
  stream.page(observed.seen('after', { already: true }))
  expect(stream.model.fetches).toMatchObject([{ handle: 'after' }])
})

test.each([
  ['less arrived than before', { downloaded: 10 }],
  ['another size', { downloaded: 900, downloadTotal: 7 }],
  ['less sent than before', { downloaded: 900, uploaded: 2 }],
])('after a reload, %s means that it is another fetch, and that the one before has ended', (_, read) => {
  const stream = createStream()
  stream.page(observed.seen('before', {}, { uploaded: 5 }))
  stream.page(observed.progress('before', 300, { uploaded: 5 }))
  stream.page(observed.seen('after', { already: true }, { uploaded: 5, ...read }))
  expect(stream.states()).toEqual(['episode 1 gone', 'episode 2 active'])
})

test('a fetch that is seen to start is never the one before it', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { already: false }))
  expect(stream.states()).toEqual(['episode 1 gone', 'episode 2 queued'])
})

test('a fetch that was settled does not go on', () => {
  const stream = createStream()
  stream.page(observed.seen('before'))
  stream.page(observed.success('before'))
  stream.page(observed.seen('after', { already: true }, { downloaded: 1000 }))
  expect(stream.states()).toEqual(['episode 1 settled', 'episode 2 active'])
})

test('two frames that see the same fetch show it once', () => {
  const stream = createStream()
  const other = { producer: 'bridge-2', document: 'document-2' }
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { already: true }), 10, other)
  stream.page(observed.progress('h1', 5))
  stream.page(observed.progress('h2', 5), 10, other)
  stream.page(observed.success('h1'))
  stream.page(observed.success('h2'), 10, other)
  stream.page(observed.over('h2'), 10, other)
  stream.page(observed.over('h1'))
  expect(stream.states()).toEqual(['episode 1 over'])
  expect(stream.kinds()).toEqual(['fetch-seen', 'progress', 'settled', 'event-over'])
})

test('what is missing from the inventory has ended unseen; what is in it runs on', () => {
  const stream = createStream()
  stream.page(observed.seen('a', { id: 'ended' }))
  stream.page(observed.seen('b', { id: 'runs' }))
  stream.page(observed.seen('c', { id: 'settled' }))
  stream.page(observed.success('c'))
  stream.page(observed.seen('d', { id: 'elsewhere' }), 10, { storageKey: 'https://other.example' })
  stream.page(observed.seen('b2', { id: 'runs', already: true }))
  stream.page(observed.inventory('b2'))
  expect(stream.states()).toEqual([
    'ended 1 gone',
    'runs 1 queued',
    'settled 1 settled',
    'elsewhere 1 queued',
  ])
  expect(stream.kinds().filter((kind) => kind === 'ended-unseen')).toHaveLength(1)
  expect(stream.last()).toMatch(/no page was watching/)
})

test('events of a fetch that nobody introduced change nothing', () => {
  const stream = createStream()
  stream.page(observed.progress('stranger', 5))
  stream.page(observed.success('stranger'))
  stream.page(observed.gone('stranger'))
  expect(stream.model.fetches).toEqual([])
  expect(stream.model.rows).toEqual([])
})

test('fetches of one id in two scopes are distinguished by their scopes, also the one that came first', () => {
  const stream = createStream()
  stream.page(observed.seen('h1', { id: 'same', scope: 'https://pod.example/' }))
  stream.page(observed.seen('h2', { id: 'other', scope: 'https://pod.example/' }))
  expect(stream.model.fetches.map(disambiguator)).toEqual(['', ''])
  stream.page(observed.seen('h3', { id: 'same', scope: 'https://pod.example/shows/' }))
  expect(stream.model.fetches.map(disambiguator)).toEqual([' (pod.example/)', '', ' (pod.example/shows/)'])
  stream.page(observed.failure('h1'))
  stream.page(observed.over('h1'))
  stream.panel({ type: 'cleared' })
  expect(stream.model.fetches.map(disambiguator)).toEqual(['', ''])
})
