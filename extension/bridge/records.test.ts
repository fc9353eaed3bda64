import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeFetch } from './fake-platform'
import type { BackgroundFetchRecord } from './platform'
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

async function read(records: readonly BackgroundFetchRecord[], offset = 0, limit = 100) {
  const answer = readRecords(new FakeFetch('episode', records, {}).object(), offset, limit)
  await vi.advanceTimersByTimeAsync(10)
  return answer
}

test('no record at all is told as released', async () => {
  expect(await read([])).toEqual({ ok: false, reason: 'The records were released while they were read.' })
})

test('a record whose response is there tells method, URL, status, type and size', async () => {
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
        size: 3,
        error: '',
      },
    ],
  })
  expect(response.bodyUsed).toBe(false)
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
  ).toMatchObject({ records: [{ size: null }, { size: null }] })
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

test('once the records are released there are none, and the browser’s reason is told', async () => {
  const fetch = new FakeFetch('episode', [record('a')], {})
  fetch.succeed()
  fetch.release()
  expect(await readRecords(fetch.object(), 0, 10)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('InvalidStateError'),
  })
})
