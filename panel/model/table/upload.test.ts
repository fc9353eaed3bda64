import { expect, test } from 'vitest'
import { withoutResponse } from '../../../protocol/attributes'
import type { Handle } from '../../../protocol/handle'
import { summary } from '../report/summary'
import { standstillOf } from '../session/standstill/standstill'
import { createStream, observed } from '../streams/events.fixture'
import { stateText } from './live-state'
import { amountOf, shortProgress } from './progress'
import { isSending, sendingRequest, sentOf } from './upload'

const record = (index: number, method = 'POST', state: 'pending' | 'no-response' = 'pending') =>
  withoutResponse({ index, method, url: `https://pod.example/${index}`, state, needsPreflight: null })

test('the request whose body may be on its way is named where only one can be', () => {
  expect(sendingRequest([record(0, 'GET'), record(1), record(2, 'POST', 'no-response')], 3)).toBe(1)
  expect(sendingRequest([record(0), record(1)], 2)).toBe(null)
  expect(sendingRequest([record(0)], 2)).toBe(null)
  expect(sendingRequest([record(0, 'GET')], 1)).toBe(null)
  expect(sendingRequest([], 0)).toBe(null)
})

function uploading(downloaded: number, uploaded: number) {
  const stream = createStream()
  const totals = { uploadTotal: 3_000_000, downloadTotal: 0 }
  stream.page(observed.seen('h', {}, totals))
  stream.page(observed.progress('h', downloaded, { ...totals, uploaded }))
  return stream.model.fetches[0] ?? expect.unreachable()
}

test('as long as a body is not sent its bytes are shown, also when the first response has come', () => {
  const before = uploading(0, 1_200_000)
  expect(shortProgress(before)).toBe('40% · 1.2/3.0 MB uploaded')
  const between = uploading(500, 1_200_000)
  expect(shortProgress(between)).toBe('40% · 1.2/3.0 MB uploaded · 500 B')
  expect([stateText(between, [], null), amountOf(between)]).toEqual([
    'uploading',
    { done: 1_200_000, total: 3_000_000 },
  ])
  expect([before, between].map(isSending)).toEqual([true, true])
  const after = uploading(500, 3_000_000)
  expect([shortProgress(after), stateText(after, [], null), isSending(after)]).toEqual([
    '500 B',
    'downloading',
    false,
  ])
})

test('an upload of which all is sent waits for the response, and no lost connection is talked of', () => {
  const stream = createStream()
  const totals = { uploadTotal: 1_000_000, downloadTotal: 0 }
  stream.page(observed.seen('h', {}, totals))
  stream.page(observed.progress('h', 0, { ...totals, uploaded: 1_000_000 }))
  const [fetch] = stream.model.fetches
  if (!fetch) expect.unreachable()
  expect(stateText(fetch, [], null)).toBe('no response yet')
  const standstill = standstillOf(fetch, stream.model, fetch.movedAt + 7000)
  expect(standstill).toMatchObject({
    text: 'no response yet, 7 s',
    reasons: [expect.stringMatching(/^All sent; no byte of a response has been reported\./)],
  })
  expect(stateText(fetch, [], standstill)).toBe('')
  stream.page({ type: 'no-progress', handle: fetch.handle, online: true }, 10_000)
  expect(stream.last()).toMatch(/^waiting: Nothing has been reported for 10 s\. All sent;/)
  stream.page(observed.progress('h', 15, { ...totals, uploaded: 1_000_000 }))
  expect(stateText(fetch, [], null)).toBe('downloading')
  stream.page(observed.settled('h', { ...totals, uploaded: 1_000_000, downloaded: 15, result: 'success' }))
  expect(shortProgress(fetch)).toBe('1.0 MB sent, 15 B received')
  expect(summary(fetch, null, 0)[0]).toBe('Succeeded: 1.0 MB sent, 15 B received.')
})

test('an upload of which all is sent and the head of its response was observed neither sends nor waits for it', () => {
  const stream = createStream()
  const totals = { uploadTotal: 1_000_000, downloadTotal: 0 }
  stream.page(observed.seen('h', {}, totals))
  stream.page(observed.progress('h', 0, { ...totals, uploaded: 1_000_000 }))
  const about = { handle: 'h' as Handle, request: '1', url: 'https://pod.example/upload' }
  stream.panel({ type: 'network-request', ...about, method: 'POST' })
  stream.panel({
    type: 'network-response',
    ...{ ...about, status: 200, redirect: '', origin: null, allowOrigin: null, allowCredentials: null },
    ...{ contentLength: 5, encoded: false },
  })
  expect(stream.model.fetches.map((fetch) => stateText(fetch, [], null))).toEqual(['active'])
})

test('an upload that was aborted says how far it was, also where the browser counts from 0 then', () => {
  const fetch = uploading(0, 1_200_000)
  expect(sentOf(fetch)).toBe(1_200_000)
  const stream = createStream()
  stream.page(observed.seen('h', {}, { uploadTotal: 3_000_000 }))
  stream.page(observed.progress('h', 0, { uploadTotal: 3_000_000, uploaded: 1_200_000 }))
  stream.page(observed.settled('h', { uploadTotal: 3_000_000, result: 'failure', failureReason: 'aborted' }))
  expect(stream.model.fetches.map(shortProgress)).toEqual(['1.2/3.0 MB sent, 0 B received'])
  expect(stream.model.fetches.map((one) => summary(one, null, 0)[0])).toEqual([
    'Aborted by an unknown source (not this panel): 1.2/3.0 MB sent, 0 B received.',
  ])
})

test('a fetch that has ended sends nothing', () => {
  const stream = createStream()
  stream.page(observed.seen('h', {}, { uploadTotal: 10 }))
  stream.page(observed.failure('h', 'fetch-error'))
  expect(stream.model.fetches.map(isSending)).toEqual([false])
})
