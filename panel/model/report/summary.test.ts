import { expect, test } from 'vitest'
import { createAuditStream, recordOf } from '../audit/audit.fixture'
import { observed } from '../streams/events.fixture'
import { aborted, createTracedStream, trace } from '../streams/workers.fixture'
import { summary } from './summary'

const offer = expect.stringMatching(/^With tracing on, the log says which script/)

test('of an abort that nobody was seen to ask for it is said that a trace says more, where there was none', () => {
  const stream = createTracedStream()
  const sentences = () => summary(stream.fetch(), null, 0)
  stream.worker(trace.seen())
  stream.page(observed.seen('h1'))
  stream.page(observed.failure('h1'))
  expect(sentences()[0]).toMatch(/^Aborted by an unknown source \(not this panel\)/)
  expect(sentences()).toContainEqual(offer)
  stream.worker(trace.dispatched())
  expect(sentences()).not.toContainEqual(offer)
  expect(summary(aborted().fetch(), null, 0)).not.toContainEqual(offer)
})

test('of an event that was not traced it is not said that it has a handler', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h1'))
  stream.page(observed.failure('h1'))
  const open = summary(stream.fetch(), null, 5000).join(' ')
  expect(open).toContain('It is not traced: whether a handler runs is not known.')
  stream.page(observed.over('h1'))
  const within = summary(stream.fetch(), null, 5000).join(' ')
  expect(within).toMatch(/The event, if it was fired, was over within \d/)
  expect(open).toMatch(/the event, if it was fired, is not over\./)
  expect(within).toContain('It was not traced: whether a handler ran is not known.')
  expect(`${open} ${within}`).not.toMatch(/\b(its|the) handler/i)
})

test('of a handler whose event waited for no promise it is said that nothing waited for it', () => {
  const said = (...steps: Parameters<ReturnType<typeof aborted>['worker']>[0][]) => {
    const stream = aborted()
    for (const step of [trace.dispatched(), ...steps, trace.done()]) stream.worker(step)
    return summary(stream.fetch(), null, 0).join(' ')
  }
  expect(said()).toMatch(/The handler took [\d.]+ ms; the event waited for no promise\./)
  expect(said(trace.waits(), trace.settled())).toMatch(/The handler took [\d.]+ ms\. /)
  // The browser does not wait for the promise of updateUI() by itself.
  const call = { worker: 'w1', event: 1, n: 1 }
  expect(
    said(
      { ...call, type: 'update-ui', title: 'Ready', location: null },
      { ...call, type: 'update-ui-settled', error: null },
    ),
  ).toMatch(/; the event waited for no promise\./)
})

test('a verdict that is not about storage is not called storage', () => {
  const line = '1 error logged in the worker while the event was handled: finalize failed'
  const verdict = { kind: 'errors', line, final: true, items: 0, kept: null } as const
  const said = summary(aborted().fetch(), verdict, 0).join(' ')
  expect(said).toContain(`Verdict: ${line}`)
  expect(said).not.toContain('Storage')
})

test('of a fetch that ended before a byte arrived no amount is said', () => {
  const stream = createTracedStream()
  stream.page(observed.seen('h1', {}, { downloadTotal: 100_000 }))
  stream.page(observed.failure('h1'))
  expect(summary(stream.fetch(), null, 0)[0]).toMatch(/, before any byte was reported\.$/)
  const other = createTracedStream()
  other.page(observed.seen('h1'))
  other.page(observed.progress('h1', 410))
  other.page(observed.failure('h1', 'fetch-error'))
  expect(summary(other.fetch(), null, 0)[0]).toBe(
    'Failed with fetch-error, after 41% (410 B of 1.0 kB) had arrived.',
  )
})

test('the request that is named for a failure is one that may have made it', () => {
  const why = (reason: 'bad-status' | 'fetch-error', ...records: Parameters<typeof recordOf>[0][]) =>
    summary(
      createAuditStream()
        .seen()
        .settled(
          records.map((some, index) => recordOf({ ...some, index })),
          observed.failure('h', reason),
        )
        .fetch(),
      null,
      0,
    )[1]
  const missing = { status: 404, url: 'https://pod.example/missing' }
  const unsent = { state: 'failed', status: null, error: 'UnknownError', needsPreflight: true } as const
  expect(why('bad-status', unsent, missing)).toBe(
    'GET missing: status 404. Other requests whose cause is known: 1.',
  )
  expect(why('fetch-error', missing, { state: 'no-response', status: null })).toBe(
    'GET 1.wav: no response that the page can read.',
  )
  expect(why('bad-status', { status: 304 })).toBe('GET 1.wav: status 304.')
})

test('a request that has no response is named where a fetch failed and no more is known of it', () => {
  const lost = recordOf({ state: 'failed', status: null, error: 'UnknownError: not available' })
  const sentences = (...records: Parameters<typeof recordOf>[0][]) =>
    summary(
      createAuditStream()
        .seen()
        .settled(
          records.map((some, index) => recordOf({ ...some, index })),
          observed.failure('h', 'fetch-error'),
        )
        .fetch(),
      null,
      0,
    )
  const two = sentences({ ...lost, url: 'https://pod.example/a/lost.mp3?v=2' }, {})
  expect(two[0]).toMatch(/^Failed with fetch-error, after /)
  expect(two[1]).toBe('GET lost.mp3?v=2: no response that the page can read.')
  const open = { ...lost, state: 'pending', error: '', url: 'https://pod.example/open.mp3' } as const
  expect(sentences(open, lost)[1]).toBe(
    'GET 1.wav: no response that the page can read. Other requests without one: 1.',
  )
  // One may have come that CORS keeps from the page.
  expect(sentences({ state: 'ready', status: 0, responseType: 'error' })[1]).toBe(
    'GET 1.wav: no response that the page can read.',
  )
  expect(sentences({}, {}).join(' ')).not.toContain('no response')
  // Whether a response came to it is not known.
  expect(sentences({ ...lost, state: 'unknown', error: '' }, {}).join(' ')).not.toContain('no response')
})
