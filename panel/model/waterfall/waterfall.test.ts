import { expect, test } from 'vitest'
import { observed } from '../streams/events.fixture'
import { aborted, createTracedStream, trace } from '../streams/workers.fixture'
import { waterfall } from './waterfall'

const labels = (stream: ReturnType<typeof aborted>) => waterfall(stream.fetch()).map(({ label }) => label)

test('a fetch that runs has no waterfall', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h1'))
  stream.panel(observed.abort('h1'))
  expect(waterfall(stream.fetch())).toEqual([])
})

test('an abort of a running worker has a bar for each step, on one clock', () => {
  const stream = aborted()
  const settled = stream.fetch().settledAt ?? 0
  stream.worker(trace.dispatched())
  stream.worker(trace.waits())
  stream.worker(trace.returned())
  stream.worker(trace.settled())
  stream.worker(trace.done())
  stream.page(observed.over('h1'))
  expect(waterfall(stream.fetch())).toMatchObject([
    { label: 'abort()', source: 'panel', start: settled - 20, end: settled - 10 },
    { label: 'to settled', source: 'page', start: settled - 20, end: settled },
    { label: 'until records released', source: 'page', depth: 0, start: settled, end: settled + 60 },
    { label: 'handler running', depth: 1, start: settled + 10, end: settled + 50 },
    { label: 'handler', source: 'worker', depth: 2, start: settled + 10, end: settled + 30 },
    { label: 'promise #1', source: 'worker', depth: 2, start: settled + 20, end: settled + 40 },
  ])
})

test('the start of a cold worker is a bar from Abort to the event', () => {
  const stream = aborted()
  stream.worker(trace.stopped())
  stream.worker(trace.seen('w2', { how: 'started' }))
  stream.worker(trace.dispatched({ worker: 'w2' }))
  const [start] = waterfall(stream.fetch()).filter(({ label }) => label === 'worker start')
  expect(start).toMatchObject({ start: stream.fetch().abort?.at, end: stream.fetch().events[0]?.at })
})

test('a worker that ran before has no start', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  expect(labels(stream)).not.toContain('worker start')
})

test('what is not over has no end, and what was cut ends with the worker and says so', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.waits())
  const open = waterfall(stream.fetch()).filter(({ source }) => source === 'worker')
  expect(open.map(({ end }) => end)).toEqual([null, null, null])
  const { at } = stream.worker(trace.stopped())
  const cut = waterfall(stream.fetch()).filter(({ source }) => source === 'worker')
  expect(cut.map(({ end }) => end)).toEqual([at, at, at])
  expect(cut[0]).toMatchObject({ level: 'warning', note: 'the worker stopped before it was over' })
})

test('what went wrong is coloured and noted', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.exception())
  stream.worker(trace.waits(1))
  stream.worker(trace.waits(2, 'function'))
  stream.worker(trace.waits(3, 'value'))
  stream.worker(trace.settled(1, `Error: ${'long '.repeat(100)}`))
  const byLabel = new Map(waterfall(stream.fetch()).map((span) => [span.label, span]))
  expect(byLabel.get('handler')).toMatchObject({ level: 'error', note: 'threw' })
  expect(byLabel.get('promise #1')).toMatchObject({
    level: 'error',
    note: expect.stringMatching(/^rejected: Error: long/),
  })
  expect(byLabel.get('promise #1')?.note.length).toBeLessThan(100)
  expect(byLabel.get('promise #2')).toMatchObject({ level: 'error', note: 'not a promise: function' })
  expect(byLabel.get('promise #3')).toMatchObject({ level: 'warning', note: 'not a promise: value' })
})

test('nothing that listened is noted', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ handlers: 0 }))
  const [handler] = waterfall(stream.fetch()).filter(({ label }) => label === 'handler')
  expect(handler).toMatchObject({ level: 'warning', note: 'nothing listened' })
})

test('of an event that was seen after its listeners had returned, no bar says how long they took', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ handlers: null, late: true }))
  stream.worker(trace.returned())
  stream.worker(trace.done(0))
  expect(waterfall(stream.fetch()).map(({ label }) => label)).not.toContain('handler')
})

test('a click on the download is not a part of its end', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ name: 'backgroundfetchclick' }))
  expect(labels(stream)).toEqual(['abort()', 'to settled', 'until records released'])
})

test('no bar ends before it starts', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.waits())
  stream.worker(trace.settled())
  stream.worker(trace.done())
  for (const { start, end } of waterfall(stream.fetch())) expect(end ?? start).toBeGreaterThanOrEqual(start)
})
