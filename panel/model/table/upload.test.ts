import { expect, test } from 'vitest'
import { withoutResponse } from '../../../protocol/attributes'
import { createStream, observed } from '../streams/events.fixture'
import { stateText } from './live-state'
import { amountOf, shortProgress } from './progress'
import { isSending, sendingRequest } from './upload'

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

test('a fetch that has ended sends nothing', () => {
  const stream = createStream()
  stream.page(observed.seen('h', {}, { uploadTotal: 10 }))
  stream.page(observed.failure('h', 'fetch-error'))
  expect(stream.model.fetches.map(isSending)).toEqual([false])
})
