import { afterEach, expect, test, vi } from 'vitest'
import { readCaches, readEntries } from './caches'

afterEach(() => vi.unstubAllGlobals())

/** Cache Storage as the browser has it: to open a cache that is not there makes it. */
function fakeCaches(content: Record<string, readonly string[]>) {
  const all = new Map(Object.entries(content))
  const fake = {
    names: () => [...all.keys()],
    keys: async () => [...all.keys()],
    has: async (name: string) => all.has(name),
    async open(name: string) {
      if (!all.has(name)) all.set(name, [])
      return { keys: async () => (all.get(name) ?? []).map((url) => ({ url })) }
    },
    async match(url: string, { cacheName }: { cacheName: string }) {
      return all.get(cacheName)?.includes(url) ? new Response('', { status: 200 }) : undefined
    },
    delete: async (name: string) => all.delete(name),
    put: (name: string, urls: readonly string[]) => all.set(name, urls),
  }
  vi.stubGlobal('caches', fake)
  return fake
}

const A = 'https://pod.example/a'

test('a cache that the site deletes meanwhile is not made anew', async () => {
  const caches = fakeCaches({ first: [A], second: [A] })
  const { open } = caches
  caches.open = async (name) => {
    const opened = await open(name)
    await caches.delete('second')
    return opened
  }
  const stocks = await readCaches([])
  expect(stocks.map(({ name }) => name)).toEqual(['first'])
  expect(caches.names()).toEqual(['first'])
  await caches.delete('first')
  expect(await readEntries(stocks, null, [A], [])).toEqual([])
  expect(caches.names()).toEqual([])
})

test('a cache with too many entries says so at once, and not any more when it was made anew', async () => {
  const many = Array.from({ length: 2001 }, (_, i) => `${A}?${i}`)
  const caches = fakeCaches({ large: many })
  const cuts: string[] = []
  expect(await readCaches(cuts)).toMatchObject([{ name: 'large', urls: null }])
  expect(cuts).toEqual([expect.stringContaining('cache large has more than 2000 entries')])
  await caches.delete('large')
  await readCaches([])
  caches.put('large', [A])
  const later: string[] = []
  expect(await readCaches(later)).toMatchObject([{ count: 1 }])
  expect(later).toEqual([])
})
