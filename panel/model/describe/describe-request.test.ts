import { expect, test } from 'vitest'
import { recordOf } from '../audit/audit.fixture'
import { statusText } from './describe-request'

const SCOPE = 'https://pod.example/'
const MIXED = /^is mixed content \(an http: URL in a secure page\)/
const failed = recordOf({
  state: 'failed',
  status: null,
  error: 'UnknownError: The response is not available.',
})

test('so it does for a page of this machine, which is secure as well', () => {
  const url = 'http://cdn.example/a.mp4'
  expect(statusText({ ...failed, url }, 'http://localhost:3000/')).toMatch(MIXED)
  expect(statusText({ ...failed, url }, 'http://127.0.0.1:3000/')).toMatch(MIXED)
})

test.each(['failed', 'no-response', 'unknown'] as const)(
  'a request of mixed content says so: %s',
  (state) => {
    expect(statusText({ ...failed, state, url: 'http://cdn.example/a.mp4' }, SCOPE)).toMatch(MIXED)
  },
)

test.each([
  'http://localhost:8080/a',
  'http://cdn.localhost/a',
  'http://127.0.0.1/a',
  'http://[::1]:8080/a',
  'https://cdn.example/a',
  'no URL',
])('a request that the browser sends is not called mixed content: %s', (url) => {
  expect(statusText({ ...failed, url }, SCOPE)).toBe(failed.error)
})

test('what came is no mixed content, as where insecure content is allowed, and neither is anything of an insecure page', () => {
  expect(statusText(recordOf({ url: 'http://cdn.example/a.mp4' }), SCOPE)).toBe('200 OK')
  expect(statusText({ ...failed, url: 'http://dev.example/a.mp4' }, 'http://dev.example/')).toBe(failed.error)
})

test('a request that needs a preflight says so', () => {
  const text = statusText({ ...failed, needsPreflight: true }, SCOPE)
  expect(text).toBe('needs a CORS preflight, which Background Fetch does not send')
})

test('a request that was aborted with its fetch says so in one word', () => {
  const error = 'AbortError: The fetch was aborted before the record was processed.'
  expect(statusText({ ...failed, error }, SCOPE)).toBe('(aborted)')
})

test('a request that had neither a response nor an error when its fetch was aborted is not said to have failed', () => {
  const open = { ...failed, error: '' }
  expect(statusText(open, SCOPE)).toBe('failed')
  expect(statusText(open, SCOPE, '', true)).toBe('(aborted)')
  expect(statusText(failed, SCOPE, '', true)).toBe(failed.error)
  expect(statusText({ ...open, state: 'no-response' }, SCOPE, '', true)).not.toBe('(aborted)')
})

test('a response that CORS did not let through is none, and none of type “cors”', () => {
  const unreadable = recordOf({ status: 0, responseType: 'cors' })
  expect(statusText(unreadable, SCOPE)).toBe('no complete one came, or one without CORS headers')
  expect(statusText(unreadable, SCOPE, 'CORS: why')).toBe('CORS: why')
  expect(statusText(recordOf({}), SCOPE, 'CORS: why')).toBe('200 OK')
})
