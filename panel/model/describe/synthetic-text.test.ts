import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { attributesOf, observed, rowOf } from '../streams/events.fixture'
import { createTracedStream, trace } from '../streams/workers.fixture'
import { describe } from './describe'

const NOT_ALLOWED = 'InvalidAccessError: Not allowed to open a window.'
const CAUSE = /because the event is synthetic, not because of the handler/

const levelOf = ({ model }: ReturnType<typeof clicked>) => {
  const row = model.rows.at(-1)
  return row && describe(row).level
}

/** A fetch that runs, and an event for it that this panel has made. */
function clicked(some: Partial<BodyOf<'dispatched'>> = {}) {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  stream.page(observed.seen('h1'))
  stream.worker(
    trace.dispatched({
      ...{ name: 'backgroundfetchclick', attributes: attributesOf(), isTrusted: false, synthetic: true },
      ...some,
    }),
  )
  return stream
}

test('all that comes of an event that this panel made is called synthetic', () => {
  const stream = clicked()
  expect(stream.last()).toBe(
    'backgroundfetchclick dispatched (synthetic): one handler; made by this panel: isTrusted is false',
  )
  for (const body of [trace.waits(), trace.log(), trace.returned(), trace.settled(), trace.done()]) {
    stream.worker(body)
    expect(stream.last()).toMatch(/^[^:]+ \(synthetic\):/)
  }
})

test('what came before the event was known does not change', () => {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  stream.page(observed.seen('h1'))
  stream.worker(trace.exception())
  const said = stream.last()
  stream.worker(trace.dispatched({ name: 'backgroundfetchclick', isTrusted: false, synthetic: true }), 0)
  const [row] = stream.model.rows.filter(({ kind }) => kind === 'exception')
  const { name = '', text = '' } = row ? describe(row) : {}
  expect(row?.traced).not.toBeNull()
  expect(`${name}: ${text}`).toBe(said)
})

test('one that a script made, and the browser’s own, are not', () => {
  expect(clicked({ synthetic: false }).last()).toMatch(
    /^backgroundfetchclick dispatched: .*the script made it$/,
  )
  expect(clicked({ synthetic: false, isTrusted: true }).last()).toBe(
    'backgroundfetchclick dispatched: one handler',
  )
})

test.each<[string, Body]>([
  ['a promise', trace.settled(1, NOT_ALLOWED)],
  ['an exception', trace.exception(false, 1, NOT_ALLOWED)],
  ['a message', { ...trace.log(), level: 'error', text: `failed: ${NOT_ALLOWED}` } as Body],
])('that no window may be opened comes of it, and not of the handler: %s', (_, body) => {
  const stream = clicked()
  stream.worker(trace.waits())
  stream.worker(body)
  expect(stream.last()).toMatch(CAUSE)
  expect(stream.last()).not.toMatch(/\.;/)
  expect(levelOf(stream)).toBe('warning')
  const own = clicked({ synthetic: false, isTrusted: true })
  own.worker(trace.waits())
  own.worker(body)
  expect(own.last()).not.toMatch(CAUSE)
  expect(levelOf(own)).toBe('error')
})

test.each([
  [NOT_ALLOWED, 'warning'],
  ['TypeError: no', 'error'],
])(
  'the end of an event in which nothing but a click was missing is no error of the handler: %s',
  (message, level) => {
    const stream = clicked()
    stream.worker(trace.waits())
    stream.worker(trace.waits(2))
    stream.worker(trace.settled(1, NOT_ALLOWED))
    stream.worker(trace.settled(2, message))
    stream.worker(trace.done(2, 2))
    expect(stream.last()).toMatch(/2 of 2 promises rejected$/)
    expect(levelOf(stream)).toBe(level)
  },
)

test('any other failure is the handler’s', () => {
  const stream = clicked()
  stream.worker(trace.waits())
  stream.worker(trace.settled(1, 'InvalidAccessError: key.usages does not permit this operation'))
  expect(stream.last()).not.toMatch(CAUSE)
})

test.each([
  ['no-listener', '', 'The worker has no listener for backgroundfetchclick'],
  ['not-started', 'No.', 'The service worker could not be started: No.'],
  ['tracer-off', '', 'Tracing is off.'],
  ['error', 'Target closed', 'Target closed'],
] as const)('why it was not dispatched is said: %s', (reason, detail, text) => {
  const body = {
    type: 'synthetic-event-failed',
    handle: 'h' as Handle,
    command: 'c',
    reason,
    detail,
  } as const
  expect(describe(rowOf(body))).toEqual({ level: 'warning', name: 'synthetic event not dispatched', text })
})

test('where it is not known whether it was dispatched, nothing else is said', () => {
  const about = { handle: 'h' as Handle, command: 'c', reason: 'interrupted', detail: '' } as const
  const { name, text } = describe(rowOf({ type: 'synthetic-event-failed', ...about }))
  expect(`${name}: ${text}`).toMatch(/outcome not known: .*whether the event was dispatched is not known$/)
})
