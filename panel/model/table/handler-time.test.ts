import { expect, test } from 'vitest'
import { createStream, observed } from '../streams/events.fixture'
import { aborted, trace } from '../streams/workers.fixture'
import { handlerCell, handlerHint, handlerLine, handlerText, handlerTime } from './handler-time'

const NOW = 1_000_000_000

const time = (stream: ReturnType<typeof aborted>) => handlerTime(stream.fetch())

test('a fetch that may still run has no handler’s time', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  const [fetch] = stream.model.fetches
  expect(fetch && handlerTime(fetch)).toBe(null)
})

test('a traced handler runs, and then it took as long as its event did', () => {
  const stream = aborted()
  const { at } = stream.worker(trace.dispatched())
  expect(time(stream)).toEqual({ kind: 'running', since: at })
  expect(handlerText({ kind: 'running', since: NOW - 3000 }, NOW)).toBe('running, 3 s')
  stream.worker(trace.waits())
  stream.worker(trace.settled())
  const { at: done } = stream.worker(trace.done())
  expect(time(stream)).toEqual({ kind: 'took', ms: done - at })
})

test('where the page saw the records released before, the worker’s time is an upper bound only', () => {
  const stream = aborted()
  const { at } = stream.worker(trace.dispatched())
  const { at: over } = stream.page(observed.over('h1'), 4)
  stream.worker(trace.done(), 30)
  const bounded = time(stream)
  expect(bounded).toEqual({ kind: 'at-most', ms: over - at })
  expect(bounded && handlerText(bounded, NOW)).toBe('≤ 4.0 ms')
})

test('a handler that let the browser wait for nothing took until its listeners had returned', () => {
  const hintOf = (...steps: Parameters<ReturnType<typeof aborted>['worker']>[0][]) => {
    const stream = aborted()
    for (const step of [trace.dispatched(), ...steps, trace.done()]) stream.worker(step)
    const took = time(stream)
    return took && handlerHint(took)
  }
  expect(hintOf(trace.waits(), trace.settled())).toMatch(/until the last promise of waitUntil/)
  expect(hintOf()).toMatch(/until its listeners had returned.*No promise was passed to waitUntil/)
})

test('an event that nothing listened to has no handler, however long it was open', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ handlers: 0 }))
  stream.worker(trace.done(0))
  stream.page(observed.over('h1'))
  expect(time(stream)).toEqual({ kind: 'none' })
})

test('without a trace only an upper bound is known', () => {
  const stream = aborted()
  const settled = stream.fetch().settledAt ?? 0
  const open = time(stream)
  expect(open).toEqual({ kind: 'open', since: settled })
  expect(open && handlerText(open, settled + 3000)).toBe('event not over, 3 s')
  expect(open && handlerHint(open)).toMatch(/not traced: whether there is a handler was not observed/)
  const { at } = stream.page(observed.over('h1'), 40)
  const within = time(stream)
  expect(within).toEqual({ kind: 'within', ms: at - settled })
  expect(within && handlerHint(within)).toMatch(/not traced: whether there is a handler was not observed/)
  expect(within && handlerHint(within)).toMatch(/^The event, if it was fired, took 40 ms at most/)
  expect(within && handlerText(within, NOW)).toBe('event ≤ 40 ms')
  expect(within && handlerCell(within, NOW)).toBe('not traced')
  expect(within && handlerLine(within, NOW)).toBe('handler not traced')
  expect(open && handlerLine(open, settled + 3000)).toBe('event not over, 3 s')
})

test('an event that may not have been fired, as its worker was unregistered, has no handler’s time', () => {
  const stream = aborted()
  stream.page(observed.over('h1', 5, true), 40)
  expect(time(stream)).toEqual({ kind: 'unknown' })
})

test('without a trace, a script that mentions no listener says more than an upper bound', () => {
  const within = (mentions: Parameters<typeof trace.scripts>[0]) => {
    const stream = aborted()
    stream.worker(trace.scripts(mentions))
    stream.page(observed.over('h1'), 40)
    return handlerTime(stream.fetch(), stream.model.workers)?.kind
  }
  expect(within({ backgroundfetchsuccess: 'listener' })).toBe('unmentioned')
  expect(within({ backgroundfetchabort: 'text' })).toBe('within')
  expect(within({ backgroundfetchabort: 'listener' })).toBe('within')
})

test('a handler whose worker stopped was cut off, and one that the tracer lost is as unknown as an untraced one', () => {
  const stopped = aborted()
  stopped.worker(trace.dispatched())
  stopped.worker(trace.stopped())
  expect(time(stopped)).toEqual({ kind: 'stopped' })
  const lost = aborted()
  lost.worker(trace.dispatched())
  lost.worker(trace.stopped('w1', 'untraced'))
  expect(time(lost)).toMatchObject({ kind: 'open' })
})

test('the event of another end is not this one’s handler', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ name: 'backgroundfetchclick' }))
  stream.worker(trace.done())
  expect(time(stream)).toMatchObject({ kind: 'open' })
})

test('a fetch without a known end has an unknown handler', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(observed.inventory())
  const [fetch] = stream.model.fetches
  expect(fetch && handlerTime(fetch)).toEqual({ kind: 'unknown' })
})
