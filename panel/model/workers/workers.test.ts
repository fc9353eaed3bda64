import { expect, test } from 'vitest'
import { observed } from '../streams/events.fixture'
import { aborted, createTracedStream, trace } from '../streams/workers.fixture'
import { waterfall } from '../waterfall/waterfall'

test('what a worker does belongs to the fetch that its event is about', () => {
  const { worker, page, fetch, story } = aborted()
  worker(trace.dispatched())
  worker(trace.waits())
  worker(trace.returned())
  worker(trace.settled())
  worker(trace.done())
  page(observed.over('h1'))
  expect(story().slice(-6)).toEqual([
    'dispatched',
    'wait-until',
    'handler-returned',
    'promise-settled',
    'event-done',
    'event-over',
  ])
  const [traced] = fetch().events
  expect(traced).toMatchObject({ threw: false, cutAt: null, waited: [{ n: 1, error: null }] })
  expect(traced?.doneAt).toBe((traced?.at ?? 0) + 40)
})

test('an event of another scope, origin or id is not the fetch’s', () => {
  const { worker, fetch, model } = aborted()
  const listed = fetch()
  worker(trace.seen('w2', { scope: 'https://pod.example/app/' }))
  worker(trace.seen('w3', { url: 'https://other.example/sw.js' }))
  worker(trace.dispatched({ worker: 'w2' }))
  worker(trace.dispatched({ worker: 'w3' }))
  worker(trace.dispatched({ id: 'another' }))
  worker(trace.dispatched({ worker: 'unheard of' }))
  expect(listed.events).toEqual([])
  expect(model.fetches.map(({ id, unlisted }) => [id, unlisted])).toEqual([
    ['episode', false],
    ['episode', true],
    ['episode', true],
    ['another', true],
  ])
})

test('the event of a fetch whose id is in use again stays its own', () => {
  const { worker, page, model } = aborted()
  page(observed.seen('h2'))
  worker(trace.dispatched())
  worker(trace.done())
  page(observed.over('h1'))
  const [first, second] = model.fetches
  expect(first?.events).toHaveLength(1)
  expect(second?.events).toEqual([])
  expect(model.rows.map(({ kind }) => kind)).not.toContain('not-traced')
})

test('an untraced fetch does not get the event of the next one of its id', () => {
  const { worker, page, model } = aborted()
  page(observed.over('h1'))
  page(observed.seen('h2'))
  worker(trace.dispatched())
  page(observed.failure('h2'))
  expect(model.fetches.map(({ events }) => events.length)).toEqual([0, 1])
})

test('a fetch whose event was over without being traced says so, once, and why', () => {
  const { page, last, kinds } = aborted()
  page(observed.over('h1'))
  page(observed.over('h1'))
  expect(kinds().filter((kind) => kind === 'not-traced')).toHaveLength(1)
  expect(last()).toMatch(/the worker started before tracing, and nothing of the event was observed/)
})

test('of a worker that the tracer was not in when the event came, that is the reason', () => {
  const { worker, page, last } = aborted()
  worker(trace.stopped())
  page(observed.over('h1'))
  expect(last()).toMatch(/not traced: the event was over before the tracer was in the worker/)
})

test('a worker of another origin is said to be out of the tracer’s sight', () => {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.page(observed.seen('h1'))
  stream.page(observed.failure('h1'))
  stream.page(observed.over('h1'))
  expect(stream.last()).toMatch(/workers of the page’s own origin/)
})

test('“not traced” is taken back when the worker’s word comes late', () => {
  const { worker, page, kinds } = aborted()
  page(observed.over('h1'))
  worker(trace.dispatched())
  expect(kinds()).not.toContain('not-traced')
})

test('the event of an unregistered worker, which may never have been fired, is not said to be not traced', () => {
  const { page, kinds } = aborted()
  const over = { ...observed.over('h1'), unregistered: true }
  page(over)
  expect(kinds()).not.toContain('not-traced')
})

test('with the tracer off nothing is said to be missing', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.failure('h1'))
  stream.page(observed.over('h1'))
  expect(stream.kinds()).not.toContain('not-traced')
})

test('a worker that stops in the middle of an event cuts it', () => {
  const { worker, fetch, last } = aborted()
  worker(trace.dispatched())
  const { at } = worker(trace.stopped())
  expect(fetch().events[0]).toMatchObject({ doneAt: null, cutAt: at })
  expect(last()).toBe('worker stopped: It stopped; an event was still being handled')
})

test('a worker that stops after its event cuts nothing', () => {
  const { worker, fetch, last, model } = aborted()
  worker(trace.dispatched())
  worker(trace.done())
  worker(trace.stopped('w1', 'asked'))
  expect(fetch().events[0]?.cutAt).toBeNull()
  expect(last()).toBe('worker stopped: Stopped from this panel')
  expect(model.workers.map(({ stoppedAt }) => stoppedAt === null)).toEqual([false])
})

test('a worker is busy with the events that are not over, the oldest first', () => {
  const { worker, model } = aborted()
  const busy = () => model.workers.map(({ open }) => open.map(({ dispatched }) => dispatched.id))
  worker(trace.dispatched())
  worker(trace.dispatched({ event: 2, id: 'next' }))
  expect(busy()).toEqual([['episode', 'next']])
  worker(trace.done())
  worker(trace.done())
  expect(busy()).toEqual([['next']])
  worker(trace.stopped())
  expect(busy()).toEqual([[]])
})

test('a worker that goes because a new version came says so', () => {
  const { worker, last } = aborted()
  worker(trace.seen('w2', { state: 'installed', how: 'started' }))
  worker(trace.stopped('w1'))
  expect(last()).toBe('worker stopped: It stopped; replaced by a new version')
})

test('the same events of two runs are two events', () => {
  const { worker, page, fetch } = aborted()
  worker(trace.dispatched())
  worker(trace.stopped())
  worker(trace.seen('w2', { how: 'started' }))
  page(observed.seen('h2', { id: 'next' }))
  page(observed.failure('h2'))
  worker(trace.dispatched({ worker: 'w2', id: 'next' }))
  expect(fetch().events.map(({ key }) => key)).toEqual(['w2:1'])
})

test('events of a run that nobody introduced change nothing but the log', () => {
  const stream = createTracedStream()
  for (const body of [trace.returned(), trace.waits(), trace.settled(), trace.done(), trace.log(null)]) {
    stream.worker(body)
  }
  stream.worker(trace.stopped('unheard of'))
  expect(stream.model.fetches).toEqual([])
  expect(stream.model.workers).toEqual([])
})

test.each(['gone', 'untraced'] as const)(
  'a worker that is %s may go on: nothing of it is said to be cut short',
  (how) => {
    const { worker, fetch, last } = aborted()
    worker(trace.dispatched())
    worker(trace.stopped('w1', how))
    expect(fetch().events[0]).toMatchObject({ lost: true })
    expect(last()).toMatch(/^worker no longer traced: /)
    const span = waterfall(fetch()).find(({ kind }) => kind === 'event-in-worker')
    expect(span).toMatchObject({ level: 'info', note: 'its end was not traced' })
  },
)

test('promises that were only counted belong to their event, with how they ended', () => {
  const { worker, fetch, kinds } = aborted()
  const calls = { type: 'calls-counted', worker: 'w1', event: 1, refused: 0, updates: 0 } as const
  worker(trace.dispatched())
  worker(trace.waits())
  worker({ ...calls, called: 50, awaited: 50, fulfilled: 20, rejected: 0 })
  worker({ ...calls, called: 0, awaited: 0, fulfilled: 28, rejected: 2 })
  worker(trace.done(51, 2))
  expect(fetch().events[0]).toMatchObject({
    promises: 51,
    counted: { called: 50, awaited: 50, fulfilled: 48, rejected: 2 },
  })
  expect(kinds().filter((kind) => kind === 'calls-counted')).toHaveLength(2)
})

test('waitUntil() without an argument, or that throws for its argument, was not called too late', () => {
  const { worker, fetch } = aborted()
  const error = { message: 'TypeError: 1 argument required', stack: '' }
  const refused = { type: 'wait-until-refused', worker: 'w1', event: 1, error, location: null } as const
  worker(trace.dispatched())
  worker({ ...refused, reason: 'no-argument' })
  worker({ ...refused, reason: 'other' })
  expect(fetch().events[0]?.refused).toBe(0)
  worker({ ...refused, reason: 'event-over' })
  expect(fetch().events[0]?.refused).toBe(1)
  // A recording of before has no reason: the exception reports.
  worker(refused)
  expect(fetch().events[0]?.refused).toBe(1)
  worker({
    ...refused,
    error: { message: 'InvalidStateError: the event handler is already finished', stack: '' },
  })
  expect(fetch().events[0]?.refused).toBe(2)
})

test('a background that knows nothing of the runs before traces none of them any more', () => {
  const { worker, panel, model, fetch } = aborted()
  worker(trace.dispatched())
  panel({ type: 'earlier-unread', problem: { reason: 'newer-version', detail: '' } })
  expect(model.workers).toMatchObject([{ stoppedAt: expect.any(Number), open: [] }])
  expect(fetch().events).toMatchObject([{ doneAt: null, lost: true }])
  worker(trace.seen('w2'))
  expect(model.workers.filter(({ stoppedAt }) => stoppedAt === null)).toHaveLength(1)
})
