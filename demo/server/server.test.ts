import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawCover } from './art'
import { type Demo, startDemo } from './index'
import { get } from './test-client'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.close())

test('both names of the site answer', async () => {
  for (const base of [demo.url, demo.otherOrigin]) {
    const answer = await get(base, '/')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('text/html')
  }
})

test('a folder leads to its index, a script has its type', async () => {
  expect((await get(demo.url, '/library')).headers.location).toBe('/library/')
  expect((await get(demo.url, '/library/')).body.toString()).toContain('<html')
  expect((await get(demo.url, '/sw.js?handler=keep')).headers['content-type']).toContain('text/javascript')
})

test('nothing outside the site is served', async () => {
  for (const path of [
    '/../server/index.ts',
    '/%2e%2e/server/index.ts',
    '/..%2fserver%2findex.ts',
    '/library/..%2f..%2f..%2fpackage.json',
    '/..%5cserver%5cindex.ts',
    '//etc/passwd',
    '/tsconfig.json',
  ]) {
    expect((await get(demo.url, path)).status, path).toBe(404)
  }
  expect((await get(demo.url, '/%00')).status).toBe(400)
  expect((await get(demo.url, '/%zz')).status).toBe(400)
})

test('small files are 1 to 4 kB and stay the same', async () => {
  const [one, again, other] = await Promise.all(
    ['/small/7.bin', '/small/7.bin', '/small/8.bin'].map((path) => get(demo.url, path)),
  )
  expect(one?.body.length).toBeGreaterThanOrEqual(1024)
  expect(one?.body.length).toBeLessThanOrEqual(4096)
  expect(one?.body).toEqual(again?.body)
  expect(one?.body).not.toEqual(other?.body)
})

test('an upload is counted', async () => {
  const answer = await get(demo.url, '/upload', { method: 'POST', body: Buffer.alloc(12_345) })
  expect(JSON.parse(answer.body.toString())).toEqual({ bytes: 12_345 })
  expect((await get(demo.url, '/upload')).status).toBe(405)
})

test('a cover depends on its slug alone', () => {
  expect(drawCover('night-ferry')).toBe(drawCover('night-ferry'))
  expect(drawCover('night-ferry')).not.toBe(drawCover('salt-roads'))
})

test('close ends what is open, at once', async () => {
  const short = await startDemo()
  const socket = connect(short.port, '127.0.0.1')
  socket.on('error', () => {})
  const ended = new Promise((resolve) => socket.on('close', resolve))
  socket.write('GET /media/tune.wav?size=1000000&rate=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await new Promise((resolve) => socket.once('data', resolve))
  await short.close()
  await ended
  await expect(get(short.url, '/')).rejects.toThrow()
})

test('a port that is taken is an error', async () => {
  await expect(startDemo({ port: demo.port })).rejects.toThrow(/EADDRINUSE/)
})
