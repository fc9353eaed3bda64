import { expect, test } from 'vitest'
import type { Body } from '../../../../protocol/events'
import type { Handle } from '../../../../protocol/handle'
import { createStream, KEY, observed } from '../../streams/events.fixture'
import { standstillOf } from './standstill'

const handle = 'h' as Handle

/** An upload of which so many of 1000 bytes were sent, one after the other. */
function sending(...uploaded: readonly number[]) {
  const stream = createStream()
  stream.page(observed.seen('h', {}, { uploadTotal: 1000 }))
  for (const one of uploaded)
    stream.page(observed.progress('h', 0, { uploadTotal: 1000, uploaded: one }), 500)
  return stream
}

function standstill(stream: ReturnType<typeof createStream>, later = 8000) {
  const [fetch] = stream.model.fetches
  const now = (stream.events.at(-1)?.at ?? 0) + later
  return fetch && standstillOf(fetch, stream.model, now)
}

const sent = (request: string, url = `${KEY}/upload`): Body => ({
  type: 'network-request',
  handle,
  request,
  method: 'POST',
  url,
})
const answered = (request: string, status = 200, redirect = ''): Body => ({
  type: 'network-response',
  handle,
  request,
  url: `${KEY}/upload`,
  status,
  redirect,
  origin: null,
  allowOrigin: null,
  allowCredentials: null,
  contentLength: 5,
  encoded: false,
})

test('of an upload that was sent no byte of a response has been reported', () => {
  const stream = sending(500, 1000)
  expect(standstill(stream)).toMatchObject({
    text: 'no response yet, 8 s',
    reasons: [expect.stringMatching(/^All sent; no byte of a response has been reported\./)],
  })
})

test('where the head of its response was observed, it does not wait for one', () => {
  const stream = sending(500, 1000)
  stream.panel(sent('1'))
  stream.panel(answered('1', 307, `${KEY}/there`))
  expect(standstill(stream)?.text).toMatch(/^no response yet/)
  stream.panel(answered('1'))
  expect(standstill(stream)?.text).toMatch(/^no progress/)
  expect(standstill(stream)?.reasons.join()).not.toMatch(/response/)
  // That of another request was not.
  stream.panel(sent('2'))
  expect(standstill(stream)?.text).toMatch(/^no response yet/)
})

test('bytes that were sent and are not any more had not arrived', () => {
  const stream = sending(500, 0)
  const { text, reasons = [] } = standstill(stream) ?? {}
  expect(text).toBe('0 B again, 8 s')
  expect(reasons).toEqual([
    expect.stringMatching(/^Bytes had been sent, and the browser reports none any more\./),
  ])
})
