import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { aborted, trace } from '../streams/workers.fixture'

test('an exception of a listener marks the handler as thrown', () => {
  const { worker, fetch, last } = aborted()
  worker(trace.dispatched())
  worker(trace.exception())
  worker(trace.returned())
  expect(fetch().events[0]?.threw).toBe(true)
  expect(last()).toMatch(/^handler threw: Code after the exception did not run, 20 ms after the event/)
})

test.each([false, true])(
  'what was thrown before an event was seen was thrown by a listener, unless they had returned: %s',
  (late) => {
    const stream = aborted()
    const at = stream.model.rows.at(-1)?.at ?? 0
    stream.worker(trace.exception(false, null, 'Error: in time'), 100)
    stream.worker(trace.dispatched({ handlers: null, ...(late ? { late } : {}) }), 50, { at: at + 50 })
    stream.worker(trace.returned())
    const [traced] = stream.fetch().events
    expect(traced).toMatchObject(
      late
        ? { threw: false, errors: [{ message: 'Error: in time' }] }
        : { threw: true, thrown: 'Error: in time' },
    )
    expect(stream.story().includes('handler-returned')).toBe(!late)
  },
)

test('a rejection that was handled before its event was seen was not thrown by a listener', () => {
  const stream = aborted()
  const at = stream.model.rows.at(-1)?.at ?? 0
  const rejection = { ...trace.exception(false, null, 'Error: handled at once'), exception: 1 } as Body
  stream.worker(rejection, 100)
  stream.worker({ type: 'rejection-handled', worker: 'w1', event: null, exception: 1 }, 10)
  stream.worker(trace.dispatched({ handlers: null }), 50, { at: at + 50 })
  stream.worker(trace.returned())
  expect(stream.fetch().events[0]).toMatchObject({ threw: false, thrown: '', errors: [] })
})

test('a rejection that nobody caught belongs to the event that waited for it', () => {
  const { worker, story } = aborted()
  worker(trace.dispatched())
  worker(trace.waits())
  worker(trace.settled(1, 'Error: no row'))
  worker(trace.done(1, 1))
  worker(trace.exception(false, null, 'Error: no row'))
  worker(trace.exception(false, null, 'Error: of somebody else'))
  expect(story().filter((kind) => kind === 'exception')).toHaveLength(1)
})
