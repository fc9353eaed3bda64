import { describe, expect, test } from 'vitest'
import type { ObservedRequest, ObservedResponse } from '../session/observed-request'
import { causeOf, chainText } from './causes'

const PAGE = 'https://pod.example'
const OWN = `${PAGE}/a.mp3`
const CDN_ORIGIN = 'https://cdn.example'
const CDN = `${CDN_ORIGIN}/a.mp3`
const OTHER = 'https://other.example/a.mp3'

const response = (url: string, some: Partial<ObservedResponse> = {}): ObservedResponse => ({
  at: 1,
  url,
  status: 200,
  redirect: '',
  origin: PAGE,
  allowOrigin: null,
  allowCredentials: null,
  contentLength: null,
  encoded: false,
  ...some,
})
const redirect = (url: string, to: string, some: Partial<ObservedResponse> = {}) =>
  response(url, { status: 302, redirect: to, ...some })

const cause = (responses: readonly ObservedResponse[], error = 'net::ERR_FAILED') => {
  const request: ObservedRequest = { method: 'GET', url: OWN, sentAt: 0, responses, endedAt: 2, error }
  return causeOf(request, PAGE)
}

describe('CORS', () => {
  test('another origin must allow the page', () => {
    expect(cause([response(CDN)])).toBe(`CORS: ${CDN_ORIGIN} sends no Access-Control-Allow-Origin`)
    expect(cause([response(CDN, { allowOrigin: 'https://wrong.test' })])).toBe(
      `CORS: ${CDN_ORIGIN} sends Access-Control-Allow-Origin: https://wrong.test, and the request has Origin: ${PAGE}`,
    )
  })

  test('after a redirect to another origin, Origin is null, which few allow', () => {
    const redirected = redirect(OWN, CDN)
    expect(cause([redirected, response(CDN, { origin: 'null' })])).toBe(
      `CORS: ${CDN} sends no Access-Control-Allow-Origin after a redirect from ${OWN} (the request has Origin: null)`,
    )
    expect(cause([redirected, response(CDN, { origin: 'null', allowOrigin: PAGE })])).toBe(
      `CORS: ${CDN} sends Access-Control-Allow-Origin: ${PAGE}, and the request has Origin: null after a redirect from ${OWN}`,
    )
  })

  test('a redirect by another origin needs CORS itself, and so does the way back', () => {
    expect(cause([redirect(CDN, OTHER)])).toBe(`CORS: ${CDN_ORIGIN} sends no Access-Control-Allow-Origin`)
    const there = redirect(CDN, OWN, { allowOrigin: '*' })
    expect(cause([there, response(OWN, { origin: 'null' })])).toContain(`CORS: ${OWN} sends no`)
  })

  test.each([
    ['the page’s own origin', [response(OWN)]],
    ['its own redirects', [redirect(OWN, `${PAGE}/b`), response(`${PAGE}/b`)]],
    ['any origin is allowed', [response(CDN, { allowOrigin: '*' })]],
    ['the page is allowed', [response(CDN, { allowOrigin: PAGE })]],
    ['null is allowed', [redirect(OWN, CDN), response(CDN, { origin: 'null', allowOrigin: 'null' })]],
    ['what was sent is not known', [response(CDN, { origin: null, allowOrigin: PAGE })]],
  ])('is not blamed where it lets the response through: %s', (_, responses) => {
    expect(cause(responses, '')).toBe('')
    expect(cause(responses)).not.toMatch(/^CORS/)
  })

  test('is not blamed where the response came all the same: an extension may have added headers', () => {
    expect(cause([response(CDN)], '')).toBe('')
    expect(cause([response(CDN)], 'net::ERR_CONTENT_LENGTH_MISMATCH')).not.toContain('CORS')
  })

  test('credentials are named as possible only', () => {
    expect(cause([response(CDN, { allowOrigin: '*' })])).toMatch(
      /^net::ERR_FAILED \(possible: with credentials/,
    )
    expect(cause([response(CDN, { allowOrigin: PAGE, allowCredentials: 'true' })])).toBe('net::ERR_FAILED')
    expect(cause([response(OWN)])).toBe('net::ERR_FAILED')
  })
})

test.each([
  ['net::ERR_CONNECTION_REFUSED', 'the server refused the connection'],
  ['net::ERR_NAME_NOT_RESOLVED', 'the host name could not be resolved'],
  ['net::ERR_EMPTY_RESPONSE', 'the connection was closed'],
  ['net::ERR_CONNECTION_RESET', 'the connection was closed'],
  ['net::ERR_CONNECTION_TIMED_OUT', 'timed out'],
  ['net::ERR_INTERNET_DISCONNECTED', 'no network connection'],
  ['net::ERR_CERT_DATE_INVALID', 'the secure connection failed'],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'the secure connection failed'],
  ['net::ERR_TOO_MANY_REDIRECTS', 'too many redirects'],
  ['net::ERR_BLOCKED_BY_CLIENT', 'blocked by an extension'],
])('%s is said in words, with its name', (error, words) => {
  expect(cause([], error)).toContain(words)
  expect(cause([], error)).toContain(`(${error})`)
})

test('an error that is not known is said as the browser names it', () => {
  expect(cause([], 'net::ERR_SOMETHING_NEW')).toBe('net::ERR_SOMETHING_NEW')
})

test('that the browser ended it is no cause: the status may be', () => {
  expect(cause([response(OWN)], 'net::ERR_ABORTED')).toBe('')
  expect(cause([response(OWN, { status: 404 })], 'net::ERR_ABORTED')).toBe('status 404')
})

test('a body that is cut is shorter than promised, whatever its status', () => {
  expect(cause([response(OWN, { contentLength: 10 })], 'net::ERR_CONTENT_LENGTH_MISMATCH')).toContain(
    'the body is shorter than the headers promised',
  )
})

test('a status is a cause where nothing else is', () => {
  expect(cause([response(OWN, { status: 404 })], '')).toBe('status 404')
  expect(cause([response(OWN, { status: 304 })], '')).toBe('status 304')
  expect(cause([response(OWN, { status: 204 })], '')).toBe('')
  expect(cause([redirect(OWN, CDN)], 'net::ERR_ABORTED')).toBe('')
  expect(cause([], '')).toBe('')
})

test('the way of a request is its statuses and where they led', () => {
  const responses = [redirect(OWN, CDN), redirect(CDN, `${PAGE}/b`), response(`${PAGE}/b`)]
  const request: ObservedRequest = { method: 'GET', url: OWN, sentAt: 0, responses, endedAt: 2, error: '' }
  expect(chainText(request, PAGE)).toBe(`302 → ${CDN} · 302 → /b · 200`)
})
