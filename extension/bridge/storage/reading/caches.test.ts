import { afterEach, expect, test, vi } from 'vitest'
import { createBudget } from './budget'
import { contentLength, lookUp, readBody } from './caches'

afterEach(() => vi.unstubAllGlobals())

/** Cache Storage as the browser has it: to open a cache would make it. */
function fakeCaches(content: Record<string, Record<string, () => Response>>) {
  const asked: string[] = []
  vi.stubGlobal('caches', {
    keys: async () => Object.keys(content),
    open: () => expect.unreachable('A cache was opened.'),
    async match(url: string, { cacheName }: { cacheName?: string } = {}) {
      asked.push(`${cacheName ?? '*'} ${url}`)
      const names = cacheName === undefined ? Object.keys(content) : [cacheName]
      return names.map((name) => content[name]?.[url]?.()).find((response) => response)
    },
  })
  return asked
}

const A = 'https://pod.example/a'
const B = 'https://pod.example/b'

test('URLs are found in each cache that has them, and no cache is opened', async () => {
  const asked = fakeCaches({ one: { [A]: () => new Response('abc') }, two: { [A]: () => new Response('') } })
  const { entries } = await lookUp(['one', 'two'], [A, B], createBudget())
  expect(entries).toMatchObject([
    { cache: 'one', url: A, status: 200, size: 3 },
    { cache: 'two', url: A, status: 200, size: 0 },
  ])
  expect(asked).toEqual([`* ${A}`, `one ${A}`, `two ${A}`, `* ${B}`])
})

test('an entry is found once, with and without a fragment', async () => {
  const asked = fakeCaches({ one: { [A]: () => new Response('abc') } })
  const { entries } = await lookUp(['one'], [`${A}#1`, A, `${A}#2`], createBudget())
  expect(entries).toMatchObject([{ cache: 'one', url: A, size: 3 }])
  expect(asked).toEqual([`* ${A}`, `one ${A}`])
})

test('a cache that is deleted meanwhile holds nothing', async () => {
  fakeCaches({})
  expect((await lookUp(['gone'], [A], createBudget())).entries).toEqual([])
})

test('URLs and caches beyond the bounds are counted', async () => {
  fakeCaches({ c0: { [`${A}0`]: () => new Response('') } })
  const names = Array.from({ length: 120 }, (_, n) => `c${n}`)
  const urls = Array.from({ length: 510 }, (_, n) => `${A}${n}`)
  expect(await lookUp(names, urls, createBudget())).toMatchObject({ unreadUrls: 10, unreadCaches: 20 })
})

test('time that runs out ends the search, and that is said', async () => {
  fakeCaches({ one: { [A]: () => new Response('') } })
  expect(await lookUp(['one'], [A, B], createBudget(-1))).toMatchObject({ entries: [], stoppedAfter: 0 })
})

test('a body is released when its size is known, or when it is too large', async () => {
  const cancelled = vi.fn()
  const endless = () =>
    new Response(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1000)), cancel: cancelled }))
  expect(await readBody(endless(), 5000, createBudget())).toBeNull()
  expect(cancelled).toHaveBeenCalledOnce()
  expect(await readBody(new Response('four'), 5000, createBudget())).toMatchObject({ size: 4 })
  expect(await readBody(new Response(null), 5000, createBudget())).toMatchObject({ size: 0 })
})

test('an opaque response has a size that nobody can read', async () => {
  const opaque = Object.defineProperty(new Response(null), 'type', { value: 'opaque' })
  expect(await readBody(opaque, 5000, createBudget())).toBeNull()
})

test('a Content-Length of an encoded body, or one that is no number, says nothing of the body', () => {
  const of = (init: HeadersInit) => contentLength(new Headers(init))
  expect(of({ 'content-length': '5' })).toBe(5)
  expect(of({ 'content-length': '5', 'content-encoding': 'identity' })).toBe(5)
  expect(of({ 'content-length': '5', 'content-encoding': 'gzip' })).toBeNull()
  expect(of({ 'content-length': '5, 5' })).toBeNull()
  expect(of({})).toBeNull()
})
