import { expect, test } from 'vitest'
import { recordOf } from '../audit/audit.fixture'
import { requestText, statusText } from './describe-request'

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
  expect(statusText(unreadable, SCOPE)).toBe(
    'there was no response, an incomplete one, or one that CORS does not allow',
  )
  expect(statusText(unreadable, SCOPE, 'CORS: why')).toBe('CORS: why')
  expect(statusText(recordOf({}), SCOPE, 'CORS: why')).toBe('200 OK')
})

test.each([
  ['https://cdn.example/media/1.mp3', '1.mp3'],
  ['https://cdn.example/media/1.mp3?part=2', '1.mp3?part=2'],
  ['https://cdn.example/a?to=/b/c?d', 'a?to=/b/c?d'],
  ['https://cdn.example/a#/b/c?d', 'a#/b/c?d'],
  ['https://cdn.example/media/', 'media/'],
  ['https://cdn.example/', 'https://cdn.example/'],
  ['https://cdn.example/?a', 'https://cdn.example/?a'],
])('a request is named by the last part of its path, with what comes after: %s', (url, name) => {
  expect(requestText(recordOf({ url }))).toBe(name)
})

test('and by where it was redirected to, with the host where that is another one', () => {
  const led = (responseUrl: string) =>
    requestText(recordOf({ url: 'https://cdn.example/media/1.mp3', redirected: true, responseUrl }))
  expect(led('https://cdn.example/far/2.mp3')).toBe('1.mp3, redirected to /far/2.mp3')
  expect(led('https://far.example/2.mp3')).toBe('1.mp3, redirected to https://far.example/2.mp3')
})
