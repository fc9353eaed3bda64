import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { attributesOf, createStream, KEY, observed } from '../streams/events.fixture'
import { outcomeOf } from '../table/outcome'
import { called, calledAtLine, caused, location, refused, rowsOf } from './calls.fixture'

test('the fetch that begins after a call is of it', () => {
  const stream = createStream()
  stream.page(called('fetch'))
  stream.page(observed.seen('h'))
  const [fetch] = stream.model.fetches
  expect(fetch?.initiator?.location).toEqual(location)
  expect(rowsOf(stream, 'page-call')).toEqual([])
  expect(stream.last()).toMatch(/^fetch started: .*; by start$/)
})

test.each([
  ['another ID', called('fetch', 'b')],
  ['another origin', called('fetch', 'episode', 'https://other.example')],
])('a call with %s is not of it', (_, call) => {
  const stream = createStream()
  stream.page(call)
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.initiator).toBeNull()
})

test('an abort by a script of the page is said to be its, and one of the panel is not', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(called('abort'))
  stream.page(observed.settled('h', attributesOf({ result: 'failure', failureReason: 'aborted' })))
  const [fetch] = stream.model.fetches
  expect(fetch && outcomeOf(fetch)).toMatchObject({ kind: 'aborted', by: 'page' })
})

test('a call of abort() after the end ended nothing', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.settled('h', attributesOf({ result: 'failure', failureReason: 'aborted' })))
  stream.page(called('abort'), 10_000)
  const [fetch] = stream.model.fetches
  expect(fetch?.abortCalls).toEqual([])
  expect(fetch && outcomeOf(fetch)).toMatchObject({ by: 'elsewhere' })
})

test('of six calls at once, the one that brought no fetch met the limit, however late the others were listed', () => {
  const stream = createStream()
  for (const id of ['1', '2', '3', '4', '5']) stream.page(called('fetch', id), 0)
  const { at } = stream.page(called('fetch', 'six'), 0)
  for (let i = 1; i <= 5; i++) stream.page(observed.seen(`h${i}`, { id: `${i}` }), 40)
  stream.page(refused(at, '', 'six'), 3000)
  expect(stream.last('fetch-not-seen')).toMatch(
    /; 5 background fetches of this origin were active then, and the browser allows no more$/,
  )
})

test('a call for which no fetch was seen has a row at its own time', () => {
  const stream = createStream()
  const { at } = stream.page(called('fetch'))
  stream.page(observed.seen('h', { id: 'other' }), 500)
  stream.page(refused(at), 2500)
  expect(stream.kinds()).toEqual(['fetch-not-seen', 'fetch-seen'])
  expect(stream.model.rows[0]?.at).toBe(at)
})

test('fetches that may have begun before a call or after it are not counted, and may be the cause', () => {
  const stream = createStream()
  for (let i = 1; i <= 4; i++) stream.page(observed.seen(`h${i}`, { id: `${i}` }))
  const { at } = stream.page(called('fetch'), 100)
  // Another tab has begun it.
  stream.page(observed.seen('h5', { id: '5' }), 60)
  stream.page({ ...refused(at), permission: 'denied' }, 3000)
  expect(stream.last('fetch-not-seen')).toMatch(/was seen within 3 s/)
  expect(stream.last('fetch-not-seen')).not.toMatch(/active|denied/)
})

test('a call of abort() is of no fetch where two scopes have one of its ID', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { scope: `${KEY}/other/` }))
  stream.page(called('abort'))
  expect(stream.model.fetches.map(({ abortCalls }) => abortCalls)).toEqual([[], []])
})

test('which of two places started a fetch is not guessed', () => {
  const stream = createStream()
  stream.page(called('fetch'))
  stream.page(calledAtLine(99))
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.initiator).toBeNull()
})

test.each([
  ['before it', ['episode', 'episode', 'six'], true],
  ['after it', ['episode', 'six', 'episode'], false],
])(
  'a fetch of several calls was active at a call where all of them were made before it: %s',
  (_, ids, active) => {
    const stream = createStream()
    const calls = ids.map((id) => ({ id, at: stream.page(called('fetch', id), 0).at }))
    stream.page(observed.seen('h'), 40)
    stream.page(refused(calls.find(({ id }) => id === 'six')?.at ?? 0, '', 'six'), 3000)
    expect(/1 background fetch .*was active/.test(stream.last('fetch-not-seen'))).toBe(active)
  },
)

test('where one of two calls at one place was refused, the fetch of the other was in its way', () => {
  const stream = createStream()
  stream.page(called('fetch'), 0)
  const { at } = stream.page(called('fetch'), 1)
  stream.page(observed.seen('h'), 40)
  stream.page(refused(at), 3000)
  expect(stream.last('fetch-not-seen')).toMatch(/with this ID was active/)
})

test('where another call of its ID may have started the fetch that began, that is said, and not that it was active', () => {
  const stream = createStream()
  const first = stream.page(called('fetch'))
  const second = stream.page(calledAtLine(99))
  stream.page(observed.seen('h'))
  for (const { at } of [first, second]) {
    stream.page({ ...refused(at), location: null, ambiguous: true }, 3000)
    expect(stream.last('fetch-not-seen')).toMatch(
      /was seen within 3 s.*; fetch\(\) was called more than once with this ID.*is not known$/,
    )
  }
})

test.each([
  ['that another tab had before', true, 20],
  ['that began after it', false, 20],
  ['that began after it, by clocks that differ', false, -20],
])('of a call, a fetch %s is not said to have been started by a call of the same ID', (_, already, wait) => {
  const stream = createStream()
  stream.page(called('fetch'))
  const { at } = stream.page(calledAtLine(99), 600)
  stream.page(observed.seen('h', { already }), wait)
  stream.page(refused(at), 3000)
  expect(stream.last('fetch-not-seen')).toMatch(/was seen within 3 s/)
  expect(stream.last('fetch-not-seen')).not.toMatch(/more than once|began/)
  if (!already) expect(stream.last('fetch-not-seen')).not.toMatch(/was active/)
})

test('a fetch that was there already is of no call', () => {
  const stream = createStream()
  stream.page(called('fetch'))
  stream.page(observed.seen('h', { already: true }))
  stream.page(observed.over('h'))
  stream.page(calledAtLine(99))
  stream.page(observed.seen('h2'))
  expect(stream.model.fetches.map(({ initiator }) => initiator)).toEqual([null, null])
})

/** The same call, made by a function that these call. */
const calledBy = (...files: string[]): Body =>
  ({ ...called('fetch'), callers: files.map((file) => ({ url: file, line: 1, column: 1 })) }) as Body

test('of calls at one place with other callers, the fetch is of that place, and of the callers that all share', () => {
  const stream = createStream()
  stream.page(calledBy('lib.js', 'a.js', 'main.js'))
  stream.page(calledBy('lib.js', 'b.js', 'main.js'))
  stream.page(observed.seen('h'))
  const callers = [{ url: 'lib.js', line: 1, column: 1 }]
  expect(stream.model.fetches[0]?.initiator).toMatchObject({ location, callers })
  expect(stream.last()).toMatch(/; by start ← lib\.js:1$/)
})

test('it may be of another tab where that may have started it beside one of them', () => {
  for (const [first, second] of [
    [{}, { otherTab: true }],
    [{ otherTab: true }, {}],
  ]) {
    const stream = createStream()
    stream.page({ ...calledBy('a.js'), ...first } as Body)
    stream.page({ ...calledBy('b.js'), ...second } as Body)
    stream.page(observed.seen('h'))
    expect(stream.last()).toMatch(/; by start, or by another tab with a page of its origin$/)
  }
})

test('two places that are not known are not one', () => {
  const stream = createStream()
  for (let i = 0; i < 2; i++) stream.page({ ...called('fetch'), location: null } as Body)
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.initiator).toBeNull()
})

test('which of two places started a fetch is not guessed either where the log was cleared between the calls', () => {
  const stream = createStream()
  stream.page(called('fetch'))
  stream.panel({ type: 'cleared' })
  stream.page(calledAtLine(99))
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.initiator).toBeNull()
})

test('a fetch whose end was not observed is not said to have been active', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.gone('h', 'not-listed'))
  stream.page(refused((stream.model.fetches[0]?.seenAt ?? 0) + 100_000))
  expect(stream.last('fetch-not-seen')).not.toMatch(/was active/)
})

test('what is known of an abort that nobody here called has a row, and is said in the table', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.failure('h'))
  stream.page(caused('not-this-tab'))
  const [fetch] = stream.model.fetches
  expect(fetch && outcomeOf(fetch)).toMatchObject({ by: 'not-this-tab' })
  expect(stream.last()).toMatch(/^no call of abort\(\) seen: .*download UI, another tab/)
  // A second page reports the same end.
  stream.page(caused('other-panel'))
  expect(rowsOf(stream, 'abort-cause')).toHaveLength(1)
})

test('an abort in the panel of another tab is named', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.failure('h'))
  stream.page(caused('other-panel'))
  const [fetch] = stream.model.fetches
  expect(fetch && outcomeOf(fetch)).toMatchObject({ by: 'other-panel', text: 'aborted · other panel' })
})

test('a call of abort() that was seen says more', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(called('abort'))
  stream.page(observed.failure('h'))
  stream.page(caused('not-this-tab'))
  expect(rowsOf(stream, 'abort-cause')).toEqual([])
  expect(stream.model.fetches[0]?.abortCause).toBeNull()
})
