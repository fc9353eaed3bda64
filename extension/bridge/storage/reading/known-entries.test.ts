import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { entryBytes } from '../accounting'
import { readKnownEntries } from './known-entries'

const A = 'https://pod.example/app.js'
const B = 'https://pod.example/app.css'
const open = vi.fn()
let stored: Record<string, Response> = {}

const bytesOf = (url: string) => Math.ceil(entryBytes(url, stored[url] ?? new Response(), 4) / 256) * 256
const all = () => Object.keys(stored).reduce((sum, url) => sum + bytesOf(url), 0)

beforeEach(() => {
  open.mockClear()
  stored = { [A]: new Response('code'), [B]: new Response('rule') }
  vi.stubGlobal('caches', {
    keys: async () => ['shell'],
    match: async (url: string) => stored[url]?.clone(),
    open,
  })
})
afterEach(() => vi.unstubAllGlobals())

const urlsOf = async (urls: readonly string[], readBytes: () => Promise<number | null>) =>
  (await readKnownEntries(urls, readBytes))?.entries.map(({ url }) => url) ?? null

test('entries that account for the bytes in use are all there are', async () => {
  expect(await urlsOf([A, B, 'https://pod.example/elsewhere', A], async () => all())).toEqual([A, B])
  expect(open).not.toHaveBeenCalled()
})

test('where another entry has room, nothing is known', async () => {
  expect(await urlsOf([A], async () => all())).toBe(null)
  expect(await urlsOf([A, B], async () => all() + 512)).toBe(null)
})

test('where the bytes are not known, too many or change meanwhile, nothing is known', async () => {
  expect(await urlsOf([A, B], async () => null)).toBe(null)
  expect(await urlsOf([A, B], async () => 2 ** 30)).toBe(null)
  let more = 0
  expect(await urlsOf([A, B], async () => all() + more++)).toBe(null)
})

test('empty caches have no entries', async () => {
  expect(await urlsOf([], async () => 0)).toEqual([])
})
