import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import { createAuditStream, rowOf } from '../audit/audit.fixture'
import { step } from '../audit/event-steps.fixture'
import { describe } from '../describe/describe'
import { placesText } from '../describe/pause-text'
import { summary } from '../report/summary'
import { observed } from '../streams/events.fixture'
import { aborted, trace } from '../streams/workers.fixture'
import { handlerHint, handlerText, handlerTime } from '../table/handler-time'

const location = { url: 'https://pod.example/sw.js', line: 12, column: 3 }
const paused = (some: Partial<BodyOf<'worker-paused'>> = {}): Body => ({
  type: 'worker-paused',
  worker: 'w1',
  event: 1,
  location,
  ...some,
})
const resumed = (after: number | null, event: number | null = 1): Body => ({
  type: 'worker-resumed',
  worker: 'w1',
  event,
  after,
})

const texts = (stream: ReturnType<typeof aborted>) =>
  stream.model.rows.map((row) => {
    const { name, text } = describe(row)
    return `${name}: ${text}`
  })

/** A handler that paused for 4.2 s. */
function pausedHandler() {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(paused())
  stream.worker(resumed(4200), 4200)
  stream.worker(trace.waits())
  stream.worker(trace.returned())
  stream.worker(trace.settled())
  stream.worker(trace.done())
  return stream
}

test('a pause and its end are rows of the fetch, and later times say that they include it', () => {
  const stream = pausedHandler()
  expect(stream.story()).toContain('worker-paused')
  expect(texts(stream)).toEqual(
    expect.arrayContaining([
      'paused in debugger: at the first line of the handler',
      'resumed: after 4.20 s',
      expect.stringMatching(/^handler returned: after 4\.2\d s, 4\.20 s of it paused in the debugger$/),
      expect.stringMatching(
        /^backgroundfetchabort done: after 4\.2\d s, 4\.20 s of it paused in the debugger; /,
      ),
    ]),
  )
})

test('the handler’s time says what of it was a pause', () => {
  const fetch = pausedHandler().fetch()
  const time = handlerTime(fetch)
  expect(time && handlerHint(time)).toMatch(/\n4\.20 s of it paused in the debugger$/)
  expect(summary(fetch, null, 0)).toContainEqual(
    expect.stringMatching(/^The handler took 4\.2\d s, 4\.20 s of it paused in the debugger\.$/),
  )
})

test('while it is paused, that is its time', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(paused())
  const time = handlerTime(stream.fetch())
  expect(time && handlerText(time, 1_000_000_000)).toBe('paused in debugger')
  expect(summary(stream.fetch(), null, 0)).toContain(
    'The handler is running; the service worker is paused in the debugger.',
  )
  stream.worker(resumed(10))
  const after = handlerTime(stream.fetch())
  expect(after && handlerText(after, 1_000_000_000)).not.toBe('paused in debugger')
})

test('a pause of which only the end was seen has no length', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(resumed(null), 5000)
  stream.worker(trace.done())
  expect(texts(stream)).toContain('resumed: since when it was paused in the debugger is not known')
  expect(texts(stream).at(-1)).toMatch(/some of it paused in the debugger/)
})

test('a pause that was noticed late is at least so long', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(paused({ location: null }), 30_000)
  stream.worker(resumed(2000), 2000)
  stream.worker(trace.done())
  expect(texts(stream)).toContain('paused in debugger: at a place that is not known')
  expect(texts(stream).at(-1)).toMatch(/at least 2\.00 s of it paused in the debugger/)
})

test('a pause of another worker, or before the event, is none of the handler’s time', () => {
  const stream = aborted()
  stream.worker(trace.seen('w2'))
  stream.worker(paused({ event: null }))
  stream.worker(resumed(100, null), 100)
  stream.worker(trace.dispatched())
  stream.worker({ ...paused({ event: null }), worker: 'w2' } as Body)
  stream.worker(trace.done())
  expect(handlerTime(stream.fetch())).not.toHaveProperty('paused')
})

test('a worker that stops is not paused any more', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(paused())
  stream.worker(trace.stopped())
  expect(handlerTime(stream.fetch())).toEqual({ kind: 'stopped' })
  expect(stream.model.workers[0]?.pauses).toMatchObject([{ to: expect.any(Number) }])
})

test('after half a minute nothing is judged of a worker that is paused, or was for that long', () => {
  const hanging = (pause: readonly Body[]) => {
    const story = createAuditStream()
      .seen({ items: [rowOf('episode')] })
      .settled()
    story.stream.panel(trace.seen())
    story.event({}, [step.waitUntil()], false)
    for (const body of pause) story.stream.panel(body, 10, { source: 'worker' })
    return story.look('settled', {}, 29_900)
  }
  expect(hanging([]).said()).toEqual([expect.stringMatching(/^verdict: wrong/)])
  expect(hanging([paused()]).said()).toEqual([])
  expect(hanging([resumed(null)]).said()).toEqual([])
})

test('an event that was long because of a pause is not one that the browser ended', () => {
  const story = createAuditStream()
    .seen({ items: [rowOf('episode')] })
    .settled()
  story.stream.panel(trace.seen())
  story.event({}, [step.waitUntil()], false)
  story.stream.panel(paused(), 10, { source: 'worker' })
  story.stream.panel(resumed(300_000), 300_000, { source: 'worker' })
  story.stream.page(observed.over('h'), 8000)
  story.look('event-ended').later()
  expect(story.rules()).not.toContain('event-timeout')
})

test.each([
  [{ missing: null, locations: [location] }, 'verbose breakpoint set: backgroundfetchabort: sw.js:12'],
  [
    { missing: 'some', locations: [location] },
    'warning breakpoint set: backgroundfetchabort: sw.js:12; some handlers were not located',
  ],
  [
    { missing: 'no-listener', locations: [] },
    'verbose no breakpoint: backgroundfetchabort: the script has added no listener',
  ],
  [
    { missing: 'unknown', locations: [] },
    'warning no breakpoint: backgroundfetchabort: location of its handler unknown; restarting the worker may help',
  ],
] as const)('where it pauses, or why it can’t: %j', ({ missing, locations }, expected) => {
  const stream = aborted()
  const body = { type: 'handler-breakpoints', worker: 'w1', name: 'backgroundfetchabort' } as const
  stream.worker({ ...body, missing, locations: [...locations] })
  const [row] = stream.model.rows.slice(-1)
  const { level, name, text } = row ? describe(row) : { level: '', name: '', text: '' }
  expect(`${level} ${name}: ${text}`).toBe(expected)
})

test('of many places, the first are named', () => {
  const places = [1, 2, 3, 4, 5, 6].map((line) => ({ ...location, line }))
  expect(placesText(places)).toBe('sw.js:1, sw.js:2, sw.js:3, sw.js:4 and 2 more')
  expect(placesText(places.slice(0, 4))).toBe('sw.js:1, sw.js:2, sw.js:3, sw.js:4')
})

test.each([
  ['late', /^backgroundfetchabort: the event came before the breakpoint was set$/],
  ['no-breakpoint', /^backgroundfetchabort: where its handler is in the script is not known$/],
  ['not-met', /^backgroundfetchabort: the breakpoint at its handler was not reached$/],
  ['ran-on', /^the worker reached the breakpoint and went on/],
] as const)('that it did not pause is a warning with the reason: %s', (reason, expected) => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  const name = 'backgroundfetchabort'
  stream.worker({ type: 'worker-not-paused', worker: 'w1', event: 1, name, reason, location })
  const [row] = stream.model.rows.slice(-1)
  expect(row && describe(row)).toMatchObject({
    name: 'not paused',
    level: 'warning',
    text: expect.stringMatching(expected),
  })
  expect(row?.fetch).toBe(stream.fetch())
})
