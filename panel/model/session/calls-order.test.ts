import { expect, test } from 'vitest'
import { attributesOf, createStream, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { called } from './calls.fixture'

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
