import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import { aborted, trace } from '../streams/workers.fixture'

const request = (some: Partial<BodyOf<'worker-request'>> = {}): Body => ({
  type: 'worker-request',
  worker: 'w1',
  event: 1,
  method: 'POST',
  url: 'https://pod.example/uploads/7/abort?a=1',
  status: 200,
  error: '',
  took: 80,
  late: false,
  byListeners: true,
  location: null,
  ...some,
})

function said(body: Body) {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(body)
  return { text: stream.last(), row: stream.model.rows.at(-1), fetch: stream.fetch() }
}

test('a request of a handler is a row of its fetch', () => {
  const { text, row, fetch } = said(request({ status: 500 }))
  expect(text).toBe('request: POST /uploads/7/abort?a=1 → 500, 80 ms')
  expect(row?.fetch).toBe(fetch)
})

test.each([
  [{ status: null, error: 'net::ERR_FAILED' }, 'POST /uploads/7/abort?a=1 → net::ERR_FAILED, 80 ms'],
  [{ status: null, late: true }, 'POST /uploads/7/abort?a=1 → no answer yet, 80 ms'],
  [{ late: true }, 'POST /uploads/7/abort?a=1 → 200, 80 ms; the event was over before'],
  [
    { byListeners: false },
    'POST /uploads/7/abort?a=1 → 200, 80 ms; sent after the listeners had returned: it may be of other code of the worker',
  ],
  [{ url: 'https://other.example/a' }, 'POST https://other.example/a → 200, 80 ms'],
])('%j', (some, text) => {
  expect(said(request(some)).text).toBe(`request: ${text}`)
})

test('one that may be of either of two events is of no fetch', () => {
  const { text, row } = said(request({ event: null }))
  expect(text).toMatch(/→ 200, 80 ms; several background fetch events were being handled/)
  expect(row?.fetch).toBeNull()
})

test('those that have no row of their own are counted', () => {
  expect(said({ type: 'worker-requests-counted', worker: 'w1', event: 1, count: 1200 }).text).toBe(
    'more requests: 1,200 more requests were made while this event was handled',
  )
})
