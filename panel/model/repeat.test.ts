import { expect, test } from 'vitest'
import { type FetchRecord, withoutResponse } from '../../protocol/attributes'
import type { Handle } from '../../protocol/handle'
import { refusal } from '../../protocol/page-requests'
import { nextId, repeatable, withEmptyBodies } from './repeat'
import { startProblem } from './start-problem'
import { createStream, observed } from './streams/events.fixture'

const record = (some: Partial<FetchRecord> = {}): FetchRecord => ({
  ...withoutResponse({
    index: 0,
    method: 'GET',
    url: 'https://pod.example/a',
    state: 'failed',
    needsPreflight: false,
  }),
  ...some,
})

function ended(records: FetchRecord[], uploadTotal = 0, total = records.length) {
  const stream = createStream()
  stream.page(observed.seen('h', {}, { uploadTotal }))
  stream.page(observed.settled('h', { result: 'failure', failureReason: 'aborted', uploadTotal }))
  stream.page({ type: 'request-outcomes', handle: 'h' as Handle, total, records, problem: null })
  return stream.model.fetches[0] ?? expect.unreachable()
}

const seen = [{ method: 'GET', url: 'https://pod.example/a', headers: [['x', '1'] as [string, string]] }]

test('what the page has seen is repeated with its headers', () => {
  expect(repeatable(ended([]), seen)).toEqual({ ok: true, requests: seen, headersKnown: true })
})

test('what the log knows is repeated without headers, and that is known', () => {
  expect(repeatable(ended([record(), record({ index: 1, method: 'HEAD' })]), null)).toEqual({
    ok: true,
    headersKnown: false,
    requests: [
      { method: 'GET', url: 'https://pod.example/a', headers: [] },
      { method: 'HEAD', url: 'https://pod.example/a', headers: [] },
    ],
  })
})

test.each<[string, FetchRecord[], number | undefined]>([
  ['none of which is known', [], 0],
  ['not all of which are known', [record()], 2],
  ['whose URL was cut', [record({ url: `https://pod.example/${'a'.repeat(4096)}` })], undefined],
])('requests %s are not repeated', (_, records, total) => {
  expect(repeatable(ended(records, 0, total), null)).toEqual({ ok: false, why: 'unread' })
})

test('bodies can’t be read: a fetch with some is not repeated, one without is', () => {
  const post = [{ method: 'POST', url: 'https://pod.example/a', headers: [] }]
  expect(repeatable(ended([], 5), post)).toEqual({ ok: false, why: 'bodies', requests: post })
  expect(withEmptyBodies([...seen, ...post])).toEqual([...seen, { ...post[0], body: '' }])
  expect(repeatable(ended([], 0), post)).toMatchObject({ ok: true })
})

test.each([
  ['episode', ['episode'], 'episode-2'],
  ['episode', ['episode', 'episode-2'], 'episode-3'],
  ['episode-2', ['episode', 'episode-2'], 'episode-3'],
  // The number is the site's own.
  ['map-7', ['map-7'], 'map-7-2'],
  ['', [''], '-2'],
])('after %j comes an ID that is free', (id, used, next) => {
  expect(nextId(id, new Set(used))).toBe(next)
})

test.each([
  ['TypeError: This origin does not have permission to start a fetch.', /only one fetch without a click/],
  ['TypeError: There are too many active fetches for this origin.', /Five fetches/],
  ['TypeError: There already is a registration for the given id.', /choose another ID/],
  ['TypeError: Failed to fetch', /^Not started: TypeError: Failed to fetch/],
])('a refusal is said in plain words: %s', (detail, text) => {
  expect(startProblem(refusal('rejected', detail))).toMatch(text)
})
