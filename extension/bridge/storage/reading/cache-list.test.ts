import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listCaches } from './cache-list'

let stored: Record<string, readonly string[]> = {}
const open = vi.fn(async (name: string) => ({
  keys: async () => (stored[name] ?? []).map((url) => ({ url })),
}))

beforeEach(() => {
  stored = {
    shell: ['https://pod.example/', 'https://pod.example/app.js'],
    media: ['https://pod.example/a.mp3'],
  }
  open.mockClear()
  vi.stubGlobal('caches', {
    keys: async () => Object.keys(stored),
    has: async (name: string) => name in stored,
    open,
    match: async () => undefined,
  })
})
afterEach(() => vi.unstubAllGlobals())

test('all entries of all caches are listed', async () => {
  expect(await listCaches(async () => 5000)).toMatchObject({
    bytes: 5000,
    urls: ['https://pod.example/', 'https://pod.example/app.js', 'https://pod.example/a.mp3'],
  })
})

test('a cache that has gone meanwhile is not opened', async () => {
  vi.stubGlobal('caches', { ...caches, keys: async () => ['shell', 'gone'] })
  expect(await listCaches(async () => 5000)).toBe(null)
  expect(open.mock.calls).toEqual([['shell']])
})

test('a list that was out of date when it was ready, or too long, is none', async () => {
  let bytes = 5000
  expect(await listCaches(async () => bytes++)).toBe(null)
  stored = { media: Array.from({ length: 2001 }, (_, i) => `https://pod.example/${i}`) }
  expect(await listCaches(async () => 5000)).toBe(null)
  stored = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`cache-${i}`, []]))
  open.mockClear()
  expect(await listCaches(async () => 5000)).toBe(null)
  expect(open).not.toHaveBeenCalled()
})

test('without the bytes that are used nothing is opened', async () => {
  expect(await listCaches(async () => null)).toBe(null)
  expect(open).not.toHaveBeenCalled()
})

test('contents are read of a few small entries only', async () => {
  expect(await listCaches(async () => 5000)).toMatchObject({ entries: [] })
  expect(await listCaches(async () => 5_000_000)).toMatchObject({ entries: null })
  stored = { media: Array.from({ length: 201 }, (_, i) => `https://pod.example/${i}`) }
  expect(await listCaches(async () => 5000)).toMatchObject({ entries: null })
})
