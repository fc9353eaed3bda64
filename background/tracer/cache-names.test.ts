import { expect, test } from 'vitest'
import { createCacheNames } from './cache-names'

const ORIGIN = 'https://pod.example'
const HIDDEN = '8bad18e9-fb60-476d-b092-a0120b7c3c73'

function start(...first: string[]) {
  let names = first
  let answers = true
  const asked: object[] = []
  const cacheNames = createCacheNames(async (method, params) => {
    asked.push({ method, ...params })
    if (!answers) throw new Error('detached')
    return { caches: names.map((cacheName) => ({ cacheName, cacheId: cacheName })) }
  })
  return {
    cacheNames,
    asked,
    set(...all: string[]) {
      names = all
    },
    refuse() {
      answers = false
    },
  }
}

test('the hidden cache of a background fetch is no change', async () => {
  const { cacheNames, asked, set } = start('episodes')
  cacheNames.watch(ORIGIN)
  set('episodes', HIDDEN)
  expect(await cacheNames.changed(ORIGIN)).toBe(false)
  set('episodes')
  expect(await cacheNames.changed(ORIGIN)).toBe(false)
  expect(asked[0]).toEqual({ method: 'CacheStorage.requestCacheNames', storageKey: `${ORIGIN}/` })
})

test('a cache that comes or goes is one, also beside a hidden one', async () => {
  const { cacheNames, set } = start('episodes')
  cacheNames.watch(ORIGIN)
  set('episodes', 'covers', HIDDEN)
  expect(await cacheNames.changed(ORIGIN)).toBe(true)
  set(HIDDEN)
  expect(await cacheNames.changed(ORIGIN)).toBe(true)
})

test('where the names can’t be read, or were not read before, the change is reported', async () => {
  const { cacheNames, refuse } = start('episodes')
  expect(await cacheNames.changed(ORIGIN)).toBe(true)
  refuse()
  expect(await cacheNames.changed(ORIGIN)).toBe(true)
})
