import { expect, test } from 'vitest'
import { observed } from '../streams/events.fixture'
import { createAuditStream, entryOf, old, recordOf } from './audit.fixture'
import { succeeded } from './verdict.fixture'

/** What became of each request, when the storage was compared after the event. */
const outcomesOf = (story: ReturnType<typeof createAuditStream>) =>
  story
    .over()
    .later()
    .verdict()
    .outcomes.map(({ outcome }) => outcome)

test('requests that share a URL are not distinguished, and no size is given to them', () => {
  const records = [0, 1].map((index) => recordOf({ index }))
  const stored = succeeded([entryOf(200)], records, 2000)
  expect(stored.verdict().kind).toBe('unknown')
  expect(stored.verdict().line).toContain('2 requests share this URL: their responses can’t be distinguished')
  expect(stored.verdict().outcomes.map(({ outcome }) => outcome)).toEqual(['shared', 'shared'])
  const storing = createAuditStream()
    .seen()
    .ended({ items: [entryOf(200)] }, records)
  expect(storing.verdict().kind).toBe('unknown')
})

test('nothing is pending once a fetch has ended, and what was seen to come counts', () => {
  const story = createAuditStream().seen()
  story.stream.page(observed.response('h', { index: 1, url: 'b' }))
  const pending = { state: 'pending', status: null } as const
  story
    .settled([recordOf({ ...pending }), recordOf({ index: 1, url: 'b', ...pending })])
    .over()
    .later()
  expect(story.verdict().outcomes.map(({ outcome }) => outcome)).toEqual(['incomplete', 'dropped'])
})

test('an answer that never came has words of its own', () => {
  const story = createAuditStream()
    .seen()
    .settled([recordOf({ state: 'no-response', status: 0 })], observed.failure('h', 'bad-status'))
  expect(outcomesOf(story)).toEqual(['no-response'])
})

test('a response that CORS did not let through was not answered', () => {
  const story = createAuditStream()
    .seen()
    .settled([recordOf({ status: 0, responseType: 'cors' })])
  expect(outcomesOf(story)).toEqual(['incomplete'])
})

test('each request has its outcome', () => {
  const records = ['stored', 'old', 'dropped', 'half'].map((name, index) =>
    recordOf({ index, url: `https://pod.example/${name}`, state: name === 'half' ? 'failed' : 'ready' }),
  )
  const items = [
    entryOf(200, { url: 'https://pod.example/kept' }),
    old(entryOf(200, { url: 'https://pod.example/old' })),
  ]
  const story = createAuditStream().seen().ended({ items }, records)
  expect(story.verdict().outcomes.map(({ outcome }) => outcome)).toEqual([
    'stored',
    'stored-before',
    'dropped',
    'incomplete',
  ])
})

test('a response of unknown size is not called stored for what is under its URL', () => {
  const unsized = { contentLength: null, bodySize: null }
  const two = [recordOf(unsized), recordOf({ ...unsized, index: 1, url: 'https://pod.example/2.wav' })]
  expect(succeeded([entryOf(200, { size: 0 })], two, 20).verdict().kind).toBe('unknown')
  // That of the only request has the bytes that the browser counted.
  const only = (size: number) => succeeded([entryOf(200, { size })], [recordOf(unsized)], 20).verdict().kind
  expect([only(20), only(0)]).toEqual(['stored', 'not-stored'])
})

test('what is recognized by its URL and size only is said to be no more', () => {
  const entry = entryOf(200, { size: 1000, digest: null })
  const BY_URL = /recognized by URL and size only/
  expect(succeeded([entry]).verdict()).toMatchObject({ kind: 'stored', line: expect.stringMatching(BY_URL) })
  expect(succeeded([entryOf(200, { size: 1000 })]).verdict().line).not.toMatch(BY_URL)
  const aborted = createAuditStream()
    .seen()
    .ended({ items: [entry] }, [recordOf()])
  expect(aborted.verdict()).toMatchObject({ kind: 'clean', line: expect.stringMatching(BY_URL) })
})

test.each([
  ['whose body was read', {}],
  ['that promised its size', { bodySize: null, bodyDigest: null }],
])('a response %s is not stored where more is under its URL', (_, record) => {
  const longer = entryOf(200, { size: 1500, digest: null })
  expect(succeeded([longer], [recordOf(record)]).verdict().kind).not.toBe('stored')
  const aborted = createAuditStream()
    .seen()
    .ended({ items: [longer] }, [recordOf(record)])
  expect(aborted.verdict().kind).not.toBe('clean')
})

test('what is longer than a Content-Length that may be of a compressed body is not known to be the response', () => {
  const record = recordOf({ responseType: 'cors', bodySize: null, bodyDigest: null })
  const of = (size: number) => succeeded([entryOf(200, { size, digest: null })], [record]).verdict()
  expect(of(1000)).toMatchObject({ kind: 'stored', line: expect.stringMatching(/by URL and size only/) })
  expect(of(5000).kind).toBe('unknown')
})
