import { expect, test } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import type { Body, BodyOf } from '../../../protocol/events'
import { describe } from '../describe/describe'
import { createModel } from '../session/fold'
import { createStream } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { createAuditStream } from './audit.fixture'
import { twoOpenEvents } from './two-events.fixture'
import { audit } from './verdict'

const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }

const logged = (text: string, event: number | null = null, level: BodyOf<'console'>['level'] = 'error') =>
  ({ ...trace.log(event), text, level }) as Body
const thrown = (message: string, event: number | null = null) => trace.exception(false, event, message)

/** Two fetches that were aborted, and their events in one worker with what came while both were open. */
function aborted(steps: readonly Body[], last: readonly Body[] = []) {
  const { a, b, stream, put } = twoOpenEvents((event) => [trace.waits(1, 'promise', event)])
  put(...steps)
  const rejected = (event: number) =>
    steps.filter((body) => body.type === 'promise-settled' && body.event === event && body.error).length
  put(trace.done(1, rejected(1), 1))
  put(...last)
  put(trace.done(1, rejected(2), 2))
  for (const story of [a, b]) story.over().later()
  return { a, b, stream }
}
const settled = [trace.settled(1, undefined, 1), trace.settled(1, undefined, 2)]
const kinds = ({ a, b }: ReturnType<typeof aborted>) => [a.verdict().kind, b.verdict().kind]

test('an error while two events are open may be of either', () => {
  const both = aborted([thrown('Error: a failed'), logged('could not clean up a'), ...settled])
  expect(kinds(both)).toEqual(['unknown', 'unknown'])
  for (const story of [both.a, both.b]) {
    expect(story.verdict().gaps).toEqual([
      'the handler ran while another event was handled, and an exception in the worker at that time may be its own: Error: a failed',
      'the handler ran while another event was handled, and an error logged in the worker at that time may be its own: could not clean up a',
    ])
    expect(story.verdict().wrong).toEqual([])
  }
})

test('of several, the first is named', () => {
  const { line } = aborted([thrown('Error: one'), thrown('Error: two'), ...settled]).b.verdict()
  expect(line).toMatch(/2 exceptions in the worker at that time may be its own; the first: Error: one/)
  const second = aborted([logged('one'), logged('two'), ...settled]).b.verdict()
  expect(second.line).toMatch(/2 errors logged in the worker at that time may be its own; the first: one/)
})

test('what is no error, and what came when no other event was open, is of none of them or of the one', () => {
  expect(kinds(aborted([logged('note', null, 'warning'), ...settled]))).toEqual(['clean', 'clean'])
  expect(kinds(aborted(settled, [logged('of b', 2)]))).toEqual(['clean', 'errors'])
})

test('a finding of its own stays the verdict', () => {
  expect(kinds(aborted([thrown('Error: shared'), logged('of a', 1), ...settled]))).toEqual([
    'errors',
    'unknown',
  ])
})

test('the rejection of a promise that one of them waited for is of that one', () => {
  const rejected = [trace.settled(1, 'Error: no', 1), trace.settled(1, undefined, 2)]
  expect(kinds(aborted([thrown('Error: no'), ...rejected]))).toEqual(['wrong', 'clean'])
  expect(kinds(aborted(rejected, [thrown('Error: no', null)]))).toEqual(['wrong', 'clean'])
  // It explains one exception.
  expect(kinds(aborted([thrown('Error: no'), thrown('Error: no'), ...rejected]))).toEqual([
    'wrong',
    'unknown',
  ])
})

test('what a listener threw before its event was reported is of no other event', () => {
  const stream = createStream()
  const a = createAuditStream('a', stream, 'ha').seen().settled()
  const b = createAuditStream('b', stream, 'hb').seen().settled()
  const put = (body: Body, wait = 1) => stream.page(body, wait, about)
  put(trace.seen('w1', { scope: a.fetch().scope }))
  put(trace.dispatched({ event: 1, id: 'a' }))
  put(thrown('Error: by b'))
  put(trace.dispatched({ event: 2, id: 'b' }), 0)
  for (const event of [1, 2]) {
    put(trace.returned(event))
    put(trace.done(0, 0, event))
  }
  for (const story of [a, b]) story.over().later()
  expect([a.verdict().kind, b.verdict().kind]).toEqual(['clean', 'wrong'])
})

test('it stays where the log is cut, also where the other event is not known any more', () => {
  const { b, stream } = aborted([thrown('Error: no'), logged('no'), ...settled])
  const { events } = stream
  const over = events.findIndex(({ body }) => body.type === 'event-over' && body.handle === 'ha')
  for (const at of [over, over + 1]) {
    const model = createModel()
    const [old, recent] = [events.slice(0, at), events.slice(at)]
    // The fetch that is over is gone with its event.
    model.apply([...contextOf(old, recent), ...recent])
    const fetch = model.fetches.find(({ handle }) => handle === 'hb') ?? expect.unreachable()
    expect(audit(fetch)).toMatchObject({ kind: 'unknown', line: b.verdict().line })
  }
})

const rejection = (number: number, event: number | null): Body =>
  ({ ...thrown('Error: caught later', event), exception: number }) as Body
const caught = (number: number, event: number | null): Body => ({
  ...{ type: 'rejection-handled', worker: 'w1', event, exception: number },
})

test('a rejection that was handled later is no error of an event', () => {
  expect(kinds(aborted([rejection(1, null), ...settled, caught(1, null)]))).toEqual(['clean', 'clean'])
  expect(kinds(aborted([rejection(1, 1), caught(1, 1), ...settled]))).toEqual(['clean', 'clean'])
  expect(kinds(aborted([rejection(1, 1), rejection(2, 1), caught(1, 1), ...settled]))).toEqual([
    'errors',
    'clean',
  ])
})

test('it may be handled after the event and its verdict, and its row says what and when', () => {
  const { b, stream } = aborted([...settled, rejection(1, 2)])
  expect(b.verdict().kind).toBe('errors')
  stream.page(caught(1, 2), 20, about)
  expect(b.verdict().kind).toBe('clean')
  expect(b.said().at(-1)).toMatch(/^verdict: clean/)
  const row = stream.model.rows.findLast(({ kind }) => kind === 'rejection-handled') ?? expect.unreachable()
  expect(describe(row)).toMatchObject({
    name: 'rejection handled later',
    text: expect.stringMatching(/^Error: caught later \(.* after it was reported as uncaught\)$/),
    level: 'info',
  })
})

test('one that was handled later does not stay where the log is cut', () => {
  const { b, stream } = aborted([
    rejection(1, null),
    rejection(2, 2),
    caught(1, null),
    caught(2, 2),
    ...settled,
  ])
  const at = stream.events.findIndex(({ body }) => body.type === 'event-done')
  const context = contextOf(stream.events.slice(0, at), stream.events.slice(at))
  expect(context.filter(({ body }) => body.type === 'exception')).toEqual([])
  expect(b.verdict().kind).toBe('clean')
})
