import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../../protocol/events'
import { noOthers } from '../../../../protocol/other-callers'
import { createStream, observed } from '../../streams/events.fixture'
import { trace } from '../../streams/workers.fixture'
import { outcomeOf } from '../../table/outcome'
import { called, caused, location, rowsOf } from '../calls.fixture'
import { shownAbortCall, tracedAborter } from './traced-aborts'

const inPage = called('abort') as BodyOf<'page-call'>
const inWorker: BodyOf<'worker-call'> = {
  type: 'worker-call',
  worker: 'w1',
  method: 'abort',
  id: 'episode',
  location,
  callers: [],
}
const elsewhere = { ...location, line: 99 }

type Stream = ReturnType<typeof createStream>

function running(): Stream {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h'))
  return stream
}

/** Bytes arrive twice a second. */
function arrive(stream: Stream, times: number) {
  const before = stream.model.fetches[0]?.arrived ?? 0
  for (let i = 1; i <= times; i++) stream.page(observed.progress('h', before + i), 500)
}

const fetchOf = ({ model }: Stream) => model.fetches[0] ?? expect.unreachable()
const endedBy = (stream: Stream) => outcomeOf(fetchOf(stream))?.by

const put = (stream: Stream, call: Body, wait = 10) =>
  call.type === 'worker-call' ? stream.panel(call, wait) : stream.page(call, wait)

test.each([
  ['page', inPage],
  ['worker', inWorker],
])('a call by the %s after which bytes go on arriving has not aborted the fetch', (by, call) => {
  const stream = running()
  put(stream, call)
  arrive(stream, 99)
  stream.page(observed.failure('h'))
  expect(endedBy(stream)).toBe('elsewhere')
  expect(stream.last()).toMatch(/^settled: failure, aborted: Not aborted from this panel/)
  // What is known of the cause is said then.
  stream.page(caused('not-this-tab'))
  expect(endedBy(stream)).toBe('not-this-tab')

  const other = running()
  arrive(other, 99)
  put(other, call)
  // It was on its way when the fetch was aborted.
  other.page(observed.progress('h', 100), 300)
  other.page(observed.failure('h'), 600)
  expect(endedBy(other)).toBe(by)
})

test('a call that was made long before the end has not aborted a fetch that stands still', () => {
  const stream = running()
  stream.page(inPage)
  stream.page(observed.failure('h'), 1001)
  expect(endedBy(stream)).toBe('elsewhere')
  const busy = running()
  busy.page(inPage)
  busy.page(observed.failure('h'), 900)
  expect(endedBy(busy)).toBe('page')
})

test.each([
  ['page', inPage],
  ['worker', inWorker],
])('a call by the %s on the registration of an earlier fetch of the ID has aborted nothing', (_, call) => {
  const stream = running()
  stream.page(observed.failure('h'))
  stream.page(observed.over('h'))
  stream.page(observed.seen('h2'))
  put(stream, { ...call, ended: true } as Body)
  expect(stream.last()).toMatch(
    /^abort\(\) called: .*; the fetch of this registration had already ended, so the call had no effect$/,
  )
  expect(stream.model.rows.at(-1)?.fetch).toBe(stream.model.fetches[0])
  stream.page(observed.failure('h2'), 5000)
  expect(outcomeOf(stream.model.fetches[1] ?? expect.unreachable())?.by).toBe('elsewhere')
})

test('beside a tab with a page of the origin it may have been that tab as well', () => {
  const stream = running()
  stream.page({ ...inPage, otherTab: true })
  stream.page(observed.failure('h'))
  expect(tracedAborter(fetchOf(stream))).toMatchObject({ by: 'page', call: { location }, orOtherTab: true })
})

test('of several calls, the last one that fits has aborted it', () => {
  const stream = running()
  stream.page(inPage)
  arrive(stream, 20)
  stream.panel(inWorker)
  stream.page(observed.failure('h'), 30)
  expect(endedBy(stream)).toBe('worker')
  const still = running()
  still.panel(inWorker)
  still.page({ ...inPage, location: elsewhere }, 5000)
  still.page(observed.failure('h'), 30)
  expect(tracedAborter(fetchOf(still))).toMatchObject({ by: 'page', call: { location: elsewhere } })
})

test('which of two calls right before the end was the cause is not guessed', () => {
  const both = running()
  both.page(inPage)
  both.panel(inWorker)
  both.page(observed.failure('h'))
  expect(endedBy(both)).toBe('elsewhere')
  const places = running()
  places.page(inPage)
  places.page({ ...inPage, location: elsewhere })
  places.page(observed.failure('h'))
  expect(tracedAborter(fetchOf(places))).toEqual({ by: 'page', call: null, ...noOthers })
  expect(shownAbortCall(fetchOf(places))).toBeUndefined()
})

test('of two calls at one place with other callers, the place has aborted it, with the callers that both share', () => {
  const stream = running()
  const at = (line: number) => ({ ...location, line })
  stream.page({ ...inPage, callers: [at(1), at(2)] })
  stream.page({ ...inPage, callers: [at(1), at(3)], otherTab: true })
  stream.page(observed.failure('h'))
  expect(tracedAborter(fetchOf(stream))).toMatchObject({
    by: 'page',
    call: { location, callers: [at(1)] },
    orOtherTab: true,
  })
  expect(outcomeOf(fetchOf(stream))?.text).toBe('aborted · app.js:12?')
})

test('two calls whose places are not known may have been made at different ones', () => {
  const stream = running()
  const unknown = { ...inPage, location: null }
  stream.page(unknown)
  expect(shownAbortCall(fetchOf(stream))).toEqual(unknown)
  stream.page(unknown)
  stream.page(observed.failure('h'))
  expect(tracedAborter(fetchOf(stream))).toEqual({ by: 'script', call: null, ...noOthers })
  const one = running()
  one.page(unknown)
  one.page(observed.failure('h'))
  expect(tracedAborter(fetchOf(one))).toEqual({ by: 'script', call: unknown, ...noOthers })
})

test('a call by the worker’s handler for the end was after it', () => {
  const stream = running()
  stream.page(inPage)
  stream.panel(trace.dispatched({ id: 'episode' }))
  stream.panel(inWorker, 5)
  stream.page(observed.failure('h'), 5)
  expect(endedBy(stream)).toBe('page')
})

test('a busy page, which reports bytes and the end late, does not hide what its worker has called', () => {
  const stream = running()
  stream.panel(inWorker)
  stream.panel(trace.dispatched({ id: 'episode' }), 30)
  stream.page(observed.progress('h', 10), 4000)
  stream.page(observed.failure('h'), 10)
  expect(endedBy(stream)).toBe('worker')
})

test('what the panel of another tab was answered is more certain than a call', () => {
  const stream = running()
  stream.page(inPage)
  stream.page(observed.failure('h'), 5000)
  stream.page(caused('other-panel'), 1000)
  expect(endedBy(stream)).toBe('other-panel')
  expect(rowsOf(stream, 'abort-cause')).toHaveLength(1)
})

test('while the fetch runs, nobody is said to have aborted it, and the last call is shown', () => {
  const stream = running()
  stream.page({ ...inPage, location: elsewhere })
  stream.page(inPage)
  expect(tracedAborter(fetchOf(stream))).toBeNull()
  expect(shownAbortCall(fetchOf(stream))).toMatchObject({ location })
  stream.page(observed.success('h'))
  expect(tracedAborter(fetchOf(stream))).toBeNull()
})

test('of a page that calls in a loop, a bounded number of calls is kept, with the last one', () => {
  const stream = running()
  for (let i = 0; i < 300; i++) stream.page(inPage, 1)
  expect(fetchOf(stream).abortCalls).toHaveLength(100)
  stream.page(observed.failure('h'), 900)
  expect(endedBy(stream)).toBe('page')
})
