import { expect, describe as group, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { describe } from '../describe/describe'
import { causesOf, whyFailed } from '../network/failures'
import { createStream, KEY, observed, startedStream } from '../streams/events.fixture'

const CDN = 'https://cdn.example/1.mp3'
const handle = 'h' as Handle

const sent = (request: string, url = `${KEY}/1.mp3`): Body => ({
  type: 'network-request',
  handle,
  request,
  method: 'GET',
  url,
})
const answered = (request: string, url: string, status = 200, redirect = ''): Body => ({
  type: 'network-response',
  handle,
  request,
  url,
  status,
  redirect,
  origin: redirect ? KEY : 'null',
  allowOrigin: null,
  allowCredentials: null,
  contentLength: 2_000_000,
  encoded: false,
})
const ended = (request: string, error = ''): Body => ({ type: 'network-end', handle, request, error })
const on = (is: boolean, removed = false): Body => ({ type: 'network-observed', on: is, removed })

const rows = ({ model }: ReturnType<typeof createStream>) =>
  model.rows
    .filter(({ event }) => event.source === 'network')
    .map((row) => {
      const { name, text, level } = describe(row)
      return `${level} ${name}: ${text}`
    })
const say = (stream: ReturnType<typeof createStream>, ...bodies: readonly Body[]) => {
  for (const body of bodies) stream.panel(body, 10, { source: 'network' })
}

test('what becomes of a request are rows of its fetch', () => {
  const stream = startedStream()
  say(
    stream,
    on(true),
    sent('1'),
    answered('1', `${KEY}/1.mp3`, 302, CDN),
    answered('1', CDN),
    ended('1', 'net::ERR_FAILED'),
    sent('2', `${KEY}/2.mp3`),
    answered('2', `${KEY}/2.mp3`, 404),
    ended('2'),
  )
  expect(rows(stream)).toEqual([
    'verbose observing requests: The browser reports first attempts only, and only while a service worker of the origin runs.',
    'verbose request sent: GET /1.mp3',
    `info request redirected: 302 GET /1.mp3 → ${CDN}`,
    `info response headers: 200 GET ${CDN}, 2.0 MB promised`,
    `error first attempt failed: GET /1.mp3: CORS: ${CDN} sends no Access-Control-Allow-Origin after a redirect from ${KEY}/1.mp3 (the request has Origin: null)`,
    'verbose request sent: GET /2.mp3',
    'warning response headers: 404 GET /2.mp3, 2.0 MB promised',
    'verbose request complete: GET /2.mp3',
  ])
  expect(stream.model.rows.slice(2).every(({ fetch }) => fetch?.id === 'episode')).toBe(true)
})

test('an abort is no failure of its requests', () => {
  const stream = startedStream()
  say(stream, sent('1'), ended('1', 'net::ERR_ABORTED'))
  expect(rows(stream).at(-1)).toBe('verbose request aborted: GET /1.mp3')
})

test('a request that may be of several fetches is of none', () => {
  const stream = startedStream()
  say(stream, {
    type: 'network-unattributed',
    handles: [handle],
    method: 'GET',
    url: `${KEY}/1.mp3`,
    status: null,
    error: 'net::ERR_CONNECTION_REFUSED',
  })
  expect(rows(stream)[0]).toContain('It may be of several fetches')
  expect(stream.model.rows.at(-1)?.fetch).toBe(null)
  expect(stream.model.fetches[0]?.network.size).toBe(0)
})

test('it is known since when requests are observed, and that they are no longer', () => {
  const stream = createStream()
  say(stream, on(true))
  expect(stream.model.networkSince).not.toBe(null)
  say(stream, on(false, true))
  expect(stream.model.networkSince).toBe(null)
  expect(rows(stream).at(-1)).toContain('The permission was removed.')
})

group('why a fetch failed', () => {
  const failed = (...bodies: readonly Body[]) => {
    const stream = startedStream()
    say(stream, ...bodies)
    stream.page(observed.failure('h', 'fetch-error'))
    const [fetch] = stream.model.fetches
    if (!fetch) throw new Error('There is no fetch.')
    return fetch
  }

  test('its first request that failed says so, and how many others did', () => {
    const refused = 'net::ERR_CONNECTION_REFUSED'
    const fetch = failed(sent('1'), ended('1', refused), sent('2', `${KEY}/2.mp3`), ended('2', refused))
    expect(whyFailed(fetch)).toBe(
      `GET 1.mp3: the server refused the connection (${refused}) (first attempt). Other requests whose cause is known: 1.`,
    )
  })

  test('the row of the result says so too, and what the reason means only where no cause is known', () => {
    const settledText = (...bodies: readonly Body[]) => {
      const stream = startedStream()
      say(stream, ...bodies)
      stream.page(observed.failure('h', 'fetch-error'))
      return stream.last()
    }
    expect(settledText(sent('1'), ended('1', 'net::ERR_CONNECTION_REFUSED'))).toMatch(
      /: GET 1\.mp3: the server refused the connection .*first attempt\)\. The worker/,
    )
    expect(settledText()).toMatch(/: Chromium does not say why\. Known causes: /)
    // It may be reported when the fetch is over.
    const late = startedStream()
    late.page(observed.failure('h', 'fetch-error'))
    const row = late.model.rows.at(-1) ?? expect.unreachable()
    say(late, sent('1'), ended('1', 'net::ERR_CONNECTION_REFUSED'))
    expect(describe(row).text).toMatch(/the server refused the connection/)
  })

  test('nothing is said where nothing was observed, and of one that did not fail', () => {
    expect(whyFailed(failed())).toBe('')
    expect(whyFailed(failed(sent('1'), answered('1', `${KEY}/1.mp3`), ended('1')))).toBe('')
    const stream = startedStream()
    say(stream, sent('1'), ended('1', 'net::ERR_ABORTED'))
    stream.page(observed.failure('h', 'aborted'))
    const [fetch] = stream.model.fetches
    expect(fetch && whyFailed(fetch)).toBe('')
  })

  test('a total that the responses promise to exceed is named, and one that they do not is not', () => {
    const stream = startedStream()
    say(stream, sent('1'), answered('1', `${KEY}/1.mp3`), ended('1'))
    stream.page(observed.failure('h', 'download-total-exceeded'))
    const [fetch] = stream.model.fetches
    expect(fetch && whyFailed(fetch)).toBe(
      'The responses that were observed promise 2.0 MB (Content-Length), and downloadTotal is 1.0 kB.',
    )
    const unseen = startedStream()
    unseen.page(observed.failure('h', 'download-total-exceeded'))
    const [other] = unseen.model.fetches
    expect(other && whyFailed(other)).toBe('downloadTotal was 1.0 kB.')
  })

  test('of a request that waits it is said why its first attempt failed; of one with a response nothing', () => {
    const fetch = failed(sent('1'), ended('1', 'net::ERR_EMPTY_RESPONSE'))
    const body = observed.response('h', { url: `${KEY}/1.mp3` })
    if (body.type !== 'response-ready') throw new Error('It is no response.')
    const { record } = body
    expect(causesOf(fetch).of(record)).toBe('')
    expect(causesOf(fetch).of({ ...record, state: 'pending' })).toMatch(/^pending; first attempt: the conn/)
    expect(causesOf(fetch).of({ ...record, state: 'no-response' })).toMatch(
      /^the connection was closed.*first attempt\)$/,
    )
  })

  test('of two requests of one URL neither has a cause of its own', () => {
    const fetch = failed(sent('1'), ended('1', 'net::ERR_FAILED'), sent('2'), ended('2'))
    const body = observed.response('h', { url: `${KEY}/1.mp3`, state: 'no-response' })
    expect(body.type === 'response-ready' && causesOf(fetch).of(body.record)).toBe('')
  })
})
