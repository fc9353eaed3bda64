import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, startDemo } from './index'
import { get } from './test-client'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

test('a WAV has exactly the size that was asked for, odd or even', async () => {
  for (const size of [44, 1001, 200_000]) {
    const answer = await get(demo.url, `/media/tune.wav?size=${size}`)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-length']).toBe(String(size))
    expect(answer.headers['content-type']).toBe('audio/wav')
    expect(answer.body.length).toBe(size)
    expect(answer.body.toString('latin1', 0, 4)).toBe('RIFF')
    expect(answer.body.readUInt32LE(4)).toBe(size - 8)
  }
})

test('the sound is not silent and stays quiet', async () => {
  const { body } = await get(demo.url, '/media/tune.wav?size=64044')
  const samples = Array.from({ length: 32_000 }, (_, i) => Math.abs(body.readInt16LE(44 + i * 2)))
  expect(Math.max(...samples)).toBeGreaterThan(1000)
  expect(Math.max(...samples)).toBeLessThan(8000)
})

test('a rate makes it stream in many pieces', async () => {
  const answer = await get(demo.url, '/media/tune.wav?size=20000&rate=50000')
  expect(answer.body.length).toBe(20_000)
  expect(answer.chunks).toBeGreaterThan(3)
})

test('a range is a piece of the same file', async () => {
  const whole = await get(demo.url, '/media/tune.wav?size=300000')
  for (const [range, from, to] of [
    ['bytes=10-99', 10, 100],
    ['bytes=150000-', 150_000, 300_000],
    ['bytes=-500', 299_500, 300_000],
  ] as const) {
    const part = await get(demo.url, '/media/tune.wav?size=300000', { headers: { range } })
    expect(part.status).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes ${from}-${to - 1}/300000`)
    expect(part.body.equals(whole.body.subarray(from, to))).toBe(true)
  }
  const beyond = await get(demo.url, '/media/tune.wav?size=100', { headers: { range: 'bytes=100-' } })
  expect(beyond.status).toBe(416)
})

test('drop cuts the connection after that many bytes', async () => {
  const answer = await get(demo.url, '/media/tune.wav?size=100000&drop=30000')
  expect(answer.headers['content-length']).toBe('100000')
  expect(answer.body.length).toBe(30_000)
  expect(answer.whole).toBe(false)
})

test('length promises more than comes', async () => {
  const answer = await get(demo.url, '/media/tune.wav?size=1000&length=5000')
  expect(answer.headers['content-length']).toBe('5000')
  expect(answer.body.length).toBe(1000)
  expect(answer.whole).toBe(false)
})

test('nolength sends chunks without a Content-Length', async () => {
  const answer = await get(demo.url, '/media/tune.wav?size=1000&nolength=1')
  expect(answer.headers['content-length']).toBeUndefined()
  expect(answer.headers['transfer-encoding']).toBe('chunked')
  expect(answer.body.length).toBe(1000)
})

test('only cors=1 lets other origins read, errors too', async () => {
  const allowed = await get(demo.url, '/media/tune.wav?size=100&cors=1&status=404')
  expect(allowed.status).toBe(404)
  expect(allowed.headers['access-control-allow-origin']).toBe('*')
  const plain = await get(demo.url, '/media/tune.wav?size=100')
  expect(plain.headers['access-control-allow-origin']).toBeUndefined()
  expect(plain.headers['cache-control']).toBe('no-store')
})

test('redirect=1 leads to the same file', async () => {
  const answer = await get(demo.url, '/media/tune.wav?size=100&redirect=1&cors=1')
  expect(answer.status).toBe(302)
  expect(answer.headers.location).toBe('/media/tune.wav?size=100&cors=1')
})

test('a number that is none is a 400 with a reason', async () => {
  for (const query of ['size=abc', 'size=-1', 'size=43', 'rate=1e9', 'status=99', 'cors=yes', 'delay=']) {
    const answer = await get(demo.url, `/media/tune.wav?${query}`)
    expect(answer.status, query).toBe(400)
    expect(answer.body.toString()).toContain(query.split('=')[0])
  }
})
