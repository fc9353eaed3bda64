import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import { rowOf } from '../streams/events.fixture'
import { aborted, trace } from '../streams/workers.fixture'
import { describe } from './describe'
import { tracerText, workerProblemText } from './describe-worker'

const words = (body: Body) => {
  const { name, text, level } = describe(rowOf(body))
  return `${level} ${name}: ${text}`
}
const last = (stream: ReturnType<typeof aborted>) => {
  const row = stream.model.rows.at(-1)
  if (!row) throw new Error('There is no row.')
  return describe(row)
}

test.each([
  ['cancelled', /Cancelled from the browser’s bar/],
  ['policy', /policy/],
  ['taken', /Another debugger .* \(the reason\)/],
  ['too-old', /125 or newer/],
  ['other', /could not be attached \(the reason\)/],
] as const)(
  'a tracer that failed (%s) says why, and that events of the page are still recorded',
  (reason, expected) => {
    const text = tracerText({ state: 'failed', reason, detail: 'the reason' })
    expect(text).toMatch(expected)
    expect(text).toMatch(/\. Events of the page are still recorded\.$/)
  },
)

test.each([
  ['forbidden-page', /does not allow debugging this page$/],
  ['closed', /is gone$/],
] as const)('where the page can’t be observed either (%s), that is not said', (reason, expected) => {
  expect(tracerText({ state: 'failed', reason, detail: '' })).toMatch(expected)
})

test.each([
  ['tracer-off', 'Tracing is off.'],
  ['not-traced', 'This worker is not traced any more.'],
  ['probe-failed', 'The probe did not start.'],
  [
    'replaced',
    'Its script has replaced built-in functions that tracing needs. Stop the worker to trace its next start.',
  ],
  ['unreadable', 'The answer of the browser to the command Cannot find context could not be read.'],
  ['error', 'Cannot find context'],
] as const)('why a worker can’t be traced is said by its kind: %s', (reason, text) => {
  expect(workerProblemText({ reason, detail: 'Cannot find context' })).toBe(text)
})

test.each([
  [1, 2, /; 1 of 2 handlers ran: stopImmediatePropagation\(\) was called$/],
  [2, 3, /; 2 of 3 handlers ran/],
  [2, 2, /^after [\d.]+ ms$/],
  [null, 2, /^after [\d.]+ ms$/],
] as const)('that %s of %s handlers ran is said where not all did', (ran, handlers, expected) => {
  const stream = aborted()
  stream.worker(trace.dispatched({ handlers }))
  stream.worker(trace.returned(1, ran))
  expect(last(stream).text).toMatch(expected)
})

test('an event says how long after Abort it came and how many listened', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ handlers: 2, isTrusted: false }))
  expect(last(stream).text).toBe(
    '30 ms after the abort was requested in this panel; 2 handlers; not trusted: the script made it',
  )
})

test('an event without a listener is a warning, and one whose listeners are not known is not', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ handlers: 0 }))
  expect(last(stream)).toMatchObject({ level: 'warning', text: expect.stringMatching(/nothing listened/) })
  stream.worker(trace.dispatched({ event: 2, handlers: null }))
  expect(last(stream)).toMatchObject({ level: 'info', text: expect.stringMatching(/handlers unknown/) })
})

test.each([
  ['promise', 'info', /waits for a promise$/],
  ['thenable', 'info', /can’t be followed/],
  ['function', 'error', /A function was passed/],
  ['value', 'warning', /not a promise/],
] as const)('waitUntil() with a %s says what it means', (given, level, text) => {
  expect(words(trace.waits(1, given))).toMatch(new RegExp(`^${level} waitUntil\\(\\) #1: .*${text.source}`))
})

test('the end of an event says what became of its promises', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.waits())
  stream.worker(trace.done(3, 2))
  expect(last(stream)).toMatchObject({ level: 'error', text: 'after 20 ms; 2 of 3 promises rejected' })
  stream.worker(trace.done(1, 0))
  expect(last(stream).text).toMatch(/its promise fulfilled/)
  stream.worker(trace.done(2, 0))
  expect(last(stream).text).toMatch(/all 2 promises fulfilled/)
})

test('an async handler without waitUntil() is warned of', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ asynchronous: true }))
  stream.worker(trace.done(0))
  expect(last(stream)).toMatchObject({
    level: 'warning',
    text: expect.stringMatching(/did not call waitUntil/),
  })
})

test('an event that waited for nothing that can be waited for is warned of', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.waits(1, 'function'))
  stream.worker(trace.returned())
  stream.worker(trace.done(1))
  expect(last(stream)).toMatchObject({
    level: 'warning',
    text: expect.stringMatching(/nothing that was passed/),
  })
})

test('long and many-lined text of a worker is one line of bearable length', () => {
  const long = `line\n${'x'.repeat(1_000_000)}`
  const error = { message: long, stack: long }
  const bodies: Body[] = [
    trace.seen('w1', { url: `https://pod.example/${long}`, scope: long }),
    trace.exception(true, 1, long),
    trace.settled(1, long),
    { type: 'wait-until-refused', worker: 'w1', event: 1, error, location: null },
    { type: 'update-ui', worker: 'w1', event: 1, n: 1, title: long, location: null },
    { type: 'update-ui-settled', worker: 'w1', event: 1, n: 1, error },
    { type: 'console', worker: 'w1', event: 1, level: 'error', text: long, location: null },
    { type: 'worker-untraced', worker: 'w1', url: long, reason: 'error', detail: long },
    { type: 'tracer', state: 'failed', reason: 'other', detail: long },
  ]
  for (const body of bodies) {
    expect(words(body).length, body.type).toBeLessThan(700)
    expect(words(body), body.type).not.toContain('\n')
  }
})

test.each(['log', 'warning', 'error'] as const)(
  'console.%s has the level that it was written with',
  (level) => {
    const body: BodyOf<'console'> = {
      type: 'console',
      worker: 'w1',
      event: 1,
      level,
      text: 'said',
      location: null,
    }
    expect(words(body)).toBe(
      {
        log: 'info console.log: said',
        warning: 'warning console.warn: said',
        error: 'error console.error: said',
      }[level],
    )
  },
)
