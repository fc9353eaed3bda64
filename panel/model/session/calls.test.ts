import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { attributesOf, createStream, KEY, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { outcomeOf } from '../table/outcome'

const location = { url: `${KEY}/app.js`, line: 12, column: 3, name: 'start' }
const called = (method: 'fetch' | 'abort', id = 'episode', origin: string = KEY): Body => ({
  type: 'page-call',
  method,
  id,
  origin,
  location,
  callers: [],
})
const refused = (calledAt: number, error = '', id = 'episode'): BodyOf<'fetch-not-seen'> => ({
  type: 'fetch-not-seen',
  id,
  origin: KEY,
  calledAt,
  location,
  error,
})

const caused = (cause: 'other-panel' | 'not-this-tab'): Body => ({
  type: 'abort-cause',
  handle: 'h' as Handle,
  cause,
})

const rowsOf = (stream: ReturnType<typeof createStream>, kind: string) =>
  stream.model.rows.filter((row) => row.kind === kind)

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

const aborted = observed.settled('h', attributesOf({ result: 'failure', failureReason: 'aborted' }))
const order = (stream: ReturnType<typeof createStream>) =>
  stream.model.rows.map(({ kind }) => kind).filter((kind) => /^(page-call|settled|dispatched)$/.test(kind))

test('a call whose time is a little after that of its effect is sorted before it, with the time that it has', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(aborted)
  stream.page(called('abort'), 1)
  expect(order(stream)).toEqual(['page-call', 'settled'])
  const [call, settled] = stream.model.rows.filter(({ kind }) => kind !== 'fetch-seen')
  expect((call?.at ?? 0) - (settled?.at ?? 0)).toBe(1)

  const late = createStream()
  late.page(observed.seen('h'))
  late.page(called('abort'))
  late.page(aborted, -1)
  expect(order(late)).toEqual(['page-call', 'settled'])
  late.page(observed.over('h'), 30)
  expect(late.model.rows.at(-1)?.kind).toBe('event-over')
})

test('a call that is not of the end, or much later, stays where its time is', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(aborted)
  stream.page(called('abort'), 51)
  expect(order(stream)).toEqual(['settled', 'page-call'])
  const other = createStream()
  other.page(observed.seen('h'))
  other.page(aborted)
  other.page(called('fetch'), 1)
  expect(order(other)).toEqual(['settled'])
})

test('a call a little after an end that it did not cause stays behind it', () => {
  const success = observed.settled('h', attributesOf({ result: 'success' }))
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(success)
  stream.page(called('abort'), 3)
  expect(order(stream)).toEqual(['settled', 'page-call'])
  const late = createStream()
  late.page(observed.seen('h'))
  late.page(called('abort'))
  late.page(success, -1)
  expect(order(late)).toEqual(['settled', 'page-call'])
})

test('a call is sorted before the event that it led to, and not before one that led to it', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h'))
  stream.panel(trace.dispatched({ name: 'backgroundfetchclick', id: 'episode' }))
  stream.panel(trace.dispatched({ name: 'backgroundfetchabort', id: 'episode', event: 2 }), 1)
  stream.page(called('abort'), 1)
  stream.page(aborted, 1)
  expect(stream.model.rows.slice(-4).map(({ kind, at }) => [kind, at])).toEqual([
    ['dispatched', 1_000_030],
    ['page-call', 1_000_032],
    ['dispatched', 1_000_031],
    ['settled', 1_000_033],
  ])
})

test('a call is not sorted before an event that a script has made', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h'))
  stream.page(called('abort'))
  stream.panel(trace.dispatched({ id: 'episode', isTrusted: false }), -1)
  expect(order(stream)).toEqual(['dispatched', 'page-call'])
  expect(stream.model.rows.findLast(({ kind }) => kind === 'page-call')?.order).toBe(1_000_030)
})

test('what panels have of the rows before is drawn anew from where a call was sorted to', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(aborted)
  const { version } = stream.model.since(-1)
  stream.page(called('abort'), 1)
  expect(stream.model.since(version).from).toBe(1)
})

test('a call of abort() after the end ended nothing', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.settled('h', attributesOf({ result: 'failure', failureReason: 'aborted' })))
  stream.page(called('abort'), 10_000)
  const [fetch] = stream.model.fetches
  expect(fetch?.aborter).toBeNull()
  expect(fetch && outcomeOf(fetch)).toMatchObject({ by: 'elsewhere' })
})

test('of a call that no fetch came of, what is known of the cause is said', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  const at = stream.model.fetches[0]?.seenAt ?? 0
  stream.page(refused(at + 100))
  expect(stream.last()).toMatch(/^no fetch seen: .*“episode”.*a background fetch with this ID was active$/)
  stream.page(refused(at + 100, 'TypeError: No.', 'b'))
  expect(stream.last()).toMatch(
    /fetch\(“b”\) was rejected: TypeError: No\.; 1 background fetch of this origin/,
  )
})

test('a call of abort() is of no fetch where two scopes have one of its ID', () => {
  const stream = createStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { scope: `${KEY}/other/` }))
  stream.page(called('abort'))
  expect(stream.model.fetches.map(({ aborter }) => aborter)).toEqual([null, null])
})

test('which of two places started a fetch is not guessed', () => {
  const stream = createStream()
  stream.page(called('fetch'))
  stream.page({ ...called('fetch'), location: { ...location, line: 99 } } as Body)
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.initiator).toBeNull()
})

test('a fetch whose end was not observed is not said to have been active', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.gone('h', 'not-listed'))
  stream.page(refused((stream.model.fetches[0]?.seenAt ?? 0) + 100_000))
  expect(stream.last()).not.toMatch(/was active/)
})

test('the browser may be asking only where the permission says so, and nothing else explains the call', () => {
  const textOf = (some: Partial<ReturnType<typeof refused>>, before: readonly Body[] = []) => {
    const stream = createStream()
    for (const body of before) stream.page(body)
    const calledAt = (stream.events.at(-1)?.at ?? 1_000_000) + 100
    stream.page({ ...refused(calledAt), permission: 'prompt', ...some }, 3000)
    return stream.last()
  }
  expect(textOf({})).toMatch(
    /; the permission background-fetch is “prompt”: the browser may be asking the user$/,
  )
  expect(textOf({ permission: 'denied' })).toMatch(/; the permission background-fetch is “denied”$/)
  for (const permission of ['granted', 'unknown', undefined] as const) {
    expect(textOf({ permission })).not.toMatch(/permission background-fetch/)
  }
  expect(textOf({ error: 'TypeError: no' })).not.toMatch(/prompt/)
  expect(textOf({}, [observed.seen('h')])).not.toMatch(/prompt/)
  const others = ['a', 'b', 'c', 'd'].map((id) => observed.seen(id, { id }))
  expect(textOf({}, others)).toMatch(/4 background fetches .*; the permission .*may be asking/)
  expect(textOf({}, [...others, observed.seen('e', { id: 'e' })])).not.toMatch(/prompt/)
})

const inWorker = (method: 'fetch' | 'abort', worker = 'w1'): Body => ({
  type: 'worker-call',
  worker,
  method,
  id: 'episode',
  location,
  callers: [],
})

test('an abort by the worker is said to be its', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h'))
  stream.panel(inWorker('abort'))
  expect(stream.last()).toBe('abort() called: by the service worker: start')
  stream.page(observed.failure('h'))
  const [fetch] = stream.model.fetches
  expect(fetch && outcomeOf(fetch)).toMatchObject({ kind: 'aborted', by: 'worker', text: 'aborted · worker' })
  expect(stream.last()).toMatch(/^settled: failure, aborted: Aborted by the service worker;/)
})

test.each([
  ['of another scope', trace.seen('w1', { scope: `${KEY}/other/` })],
  ['of another origin', trace.seen('w1', { url: 'https://other.example/sw.js' })],
  ['that is not known', trace.seen('w2')],
])('a call by a worker %s ended nothing', (_, seen) => {
  const stream = createStream()
  stream.panel(seen)
  stream.page(observed.seen('h'))
  stream.panel(inWorker('abort'))
  expect(stream.model.fetches[0]?.aborter).toBeNull()
})

test('a call by a worker is of its own scope’s fetch where two have one of its ID', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { scope: `${KEY}/other/` }))
  stream.panel(inWorker('abort'))
  expect(stream.model.fetches.map(({ aborter }) => aborter === null)).toEqual([false, true])
})

test('a call of fetch() by a worker has a row, and is the initiator of the fetch that begins', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.panel(inWorker('fetch'))
  expect(stream.last()).toMatch(
    /^fetch\(\) called: fetch\(“episode”\) by the service worker: start\. Chrome 149/,
  )
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.initiator).toMatchObject({ type: 'worker-call' })
})

test('what is known of an abort that nobody here called has a row, and is said in the table', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.failure('h'))
  stream.page(caused('not-this-tab'))
  const [fetch] = stream.model.fetches
  expect(fetch && outcomeOf(fetch)).toMatchObject({ by: 'not-this-tab' })
  expect(stream.last()).toMatch(/^not aborted from this tab: .*download UI, another tab/)
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
