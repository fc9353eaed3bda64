import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BackgroundFetchRecord } from './platform'
import { FakeFetch } from './platform.fixture'
import { readRecords } from './records'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = new Promise<Response>(() => {})

const record = (
  path: string,
  responseReady: Promise<Response> = never,
  init?: RequestInit,
): BackgroundFetchRecord => {
  responseReady.catch(() => {})
  return { request: new Request(`https://pod.example/${path}`, init), responseReady }
}

async function read(records: readonly BackgroundFetchRecord[], offset = 0, limit = 100, concluding = false) {
  const answer = readRecords(new FakeFetch('episode', records, {}).object(), offset, limit, { concluding })
  await vi.advanceTimersByTimeAsync(200)
  return answer
}

test('no record at all means that they were released', async () => {
  expect(await read([])).toEqual({ ok: false, problem: { kind: 'released' } })
})

test('a record whose response is there reports method, URL, status, type and size', async () => {
  const response = new Response('abc', {
    status: 206,
    statusText: 'Partial Content',
    headers: { 'content-type': 'audio/mpeg', 'content-length': '3' },
  })
  expect(await read([record('a.mp3', Promise.resolve(response), { method: 'POST' })])).toEqual({
    ok: true,
    total: 1,
    offset: 0,
    records: [
      {
        index: 0,
        method: 'POST',
        url: 'https://pod.example/a.mp3',
        state: 'ready',
        status: 206,
        statusText: 'Partial Content',
        responseType: 'default',
        contentType: 'audio/mpeg',
        contentLength: 3,
        encoded: false,
        bodySize: null,
        bodyDigest: null,
        redirected: false,
        responseUrl: '',
        needsPreflight: false,
        error: '',
      },
    ],
  })
  // Its body was not read, and nothing holds it any more.
  expect(await response.text().catch(() => 'released')).toBe('released')
})

test('a response that is not there yet is pending, and nobody waits for it', async () => {
  expect(await read([record('a.mp3')])).toMatchObject({ records: [{ state: 'pending', status: null }] })
})

test('a request that failed says why', async () => {
  const failed = record('a.mp3', Promise.reject(new TypeError('Failed to fetch')))
  expect(await read([failed])).toMatchObject({
    records: [{ state: 'failed', status: null, error: 'TypeError: Failed to fetch' }],
  })
})

test('a size that the page may not read, or that is no number, is not known', async () => {
  const odd = new Response('', { headers: { 'content-length': 'many' } })
  expect(
    await read([record('a', Promise.resolve(new Response(''))), record('b', Promise.resolve(odd))]),
  ).toMatchObject({ records: [{ contentLength: null }, { contentLength: null }] })
})

test('a window on many records has the right ones, and says how many there are', async () => {
  const all = Array.from({ length: 250 }, (_, i) => record(`${i}`))
  const page = await read(all, 200, 30)
  expect(page).toMatchObject({ ok: true, total: 250, offset: 200 })
  const urls = page.ok ? page.records.map((one) => `${one.index} ${one.url}`) : []
  expect(urls).toEqual(Array.from({ length: 30 }, (_, i) => `${200 + i} https://pod.example/${200 + i}`))
})

test('a window beyond the end is empty', async () => {
  expect(await read([record('a')], 50, 10)).toEqual({ ok: true, total: 1, offset: 50, records: [] })
})

test('a very long URL is cut', async () => {
  const page = await read([record('x'.repeat(50_000))])
  expect(page.ok && page.records[0]?.url.length).toBe(4096)
})

test('once the records are released there are none', async () => {
  const fetch = new FakeFetch('episode', [record('a')], {})
  fetch.succeed()
  fetch.release()
  expect(await readRecords(fetch.object(), 0, 10)).toEqual({ ok: false, problem: { kind: 'released' } })
})

const withType = (type: ResponseType, status = 0) =>
  Object.defineProperties(new Response(null), { type: { value: type }, status: { value: status } })

test('a network error in the place of a response is no response', async () => {
  expect(await read([record('a', Promise.resolve(Response.error()))])).toMatchObject({
    records: [{ state: 'no-response', status: 0, responseType: 'error', bodySize: null }],
  })
  expect(await read([record('a', Promise.resolve(withType('default')))])).toMatchObject({
    records: [{ state: 'no-response' }],
  })
  expect(await read([record('a', Promise.resolve(withType('opaque')))])).toMatchObject({
    records: [{ state: 'ready' }],
  })
})

test('a Content-Length that counts an encoded body says so', async () => {
  const headers = { 'content-length': '20', 'content-encoding': 'gzip' }
  const plain = { 'content-length': '20', 'content-encoding': 'identity' }
  expect(
    await read([
      record('a', Promise.resolve(new Response('a', { headers }))),
      record('b', Promise.resolve(new Response('b', { headers: plain }))),
    ]),
  ).toMatchObject({
    records: [
      { contentLength: 20, encoded: true },
      { contentLength: 20, encoded: false },
    ],
  })
})

test('the bytes of a body that arrived are counted where they are asked for, whatever was promised', async () => {
  const headers = { 'content-length': '5000000' }
  const short = () => record('a', Promise.resolve(new Response('abc', { headers })))
  expect(await read([short()], 0, 10, true)).toMatchObject({
    records: [{ contentLength: 5_000_000, bodySize: 3 }],
  })
  expect(await read([short()])).toMatchObject({ records: [{ bodySize: null }] })
})

test('where Range is answered with 200 the browser drops the body, and it is read, whatever was promised', async () => {
  const headers = { 'content-length': '500000000' }
  const init = { headers: { range: 'bytes=0-20' } }
  const answered = (status: number) =>
    record('a', Promise.resolve(new Response('', { headers, status })), init)
  expect(await read([answered(200), answered(206)], 0, 10, true)).toMatchObject({
    records: [
      { hasRange: true, bodySize: 0 },
      { hasRange: true, bodySize: null },
    ],
  })
})

test('a large body is not read to its end', async () => {
  let pulled = 0
  const body = new ReadableStream({
    pull(controller) {
      pulled++
      controller.enqueue(new Uint8Array(2 ** 20))
    },
  })
  const large = record('a', Promise.resolve(new Response(body)))
  expect(await read([large], 0, 10, true)).toMatchObject({ records: [{ bodySize: null }] })
  expect(pulled).toBeLessThan(12)
})

test('a redirected response reports its own URL, and a fragment is no redirection', async () => {
  const response = Object.defineProperties(new Response(''), {
    redirected: { value: true },
    url: { value: 'https://cdn.example/a' },
  })
  const same = Object.defineProperty(new Response(''), 'url', { value: 'https://pod.example/b' })
  expect(
    await read([record('a', Promise.resolve(response)), record('b#part', Promise.resolve(same))]),
  ).toMatchObject({
    records: [
      { redirected: true, responseUrl: 'https://cdn.example/a' },
      { redirected: false, responseUrl: '' },
    ],
  })
})

test('a response that comes right after the end is waited for a moment', async () => {
  const soon = new Promise<Response>((resolve) => setTimeout(resolve, 50, new Response('abc')))
  expect(await read([record('a', soon)], 0, 10, true)).toMatchObject({
    records: [{ state: 'ready', bodySize: 3 }],
  })
})

test('nobody waits for responses of a fetch that has ended', async () => {
  let answer = (_: Response) => {}
  const late = new Promise<Response>((resolve) => {
    answer = resolve
  })
  const ending = new AbortController()
  const came = vi.fn()
  const fetch = new FakeFetch('episode', [record('a.mp3', late), record('b.mp3')], {}).object()
  const reading = readRecords(fetch, 0, 100, { came, until: ending.signal })
  await vi.advanceTimersByTimeAsync(200)
  await reading
  ending.abort()
  answer(new Response('abc'))
  await vi.advanceTimersByTimeAsync(200)
  expect(came).not.toHaveBeenCalled()
})
