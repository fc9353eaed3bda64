import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startScript } from '../support/audit'
import { recorded, waitForRecorded } from '../support/events'
import { atScale, FULL, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { type Site, startSite } from '../support/site'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** How many times each race is run: the fault shows in most of them. */
const ROUNDS = atScale(1, 3)

/** Opens the site with the panel, and waits until its storage was read for the first time. */
async function openSite(handler: string, delay: number) {
  const tab = await bench.openTab(site.url)
  await startScript(tab, `/cleans.js?handler=${handler}&delay=${delay}`)
  return tab
}

/** Aborts a fetch, and resolves with what the worker's handler says when it is through. */
async function abortAndWait(page: Page, id: string): Promise<string> {
  await page.evaluate(() => {
    const answer = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('message', ({ data }) => resolve(data), { once: true })
    })
    Object.assign(globalThis, { answer })
    navigator.serviceWorker.startMessages()
  })
  await abortInPage(page, id)
  return (await page.evaluate('answer')) as string
}

/** Runs `prepare`, a fetch and its abort, several times, and waits for the last look at each one. */
async function race(handler: string, delay: number, prepare: (page: Page) => Promise<unknown>) {
  const { page, panel } = await openSite(handler, delay)
  for (let round = 0; round < ROUNDS; round++) {
    await prepare(page)
    const id = `round-${round}`
    await startFetch(page, id, ['/endless'])
    await waitForRecorded(panel, 'fetch-seen', (seen) => seen.id === id)
    expect(await abortAndWait(page, id)).toBe('done')
    const finals = async () =>
      (await recorded(panel, 'storage-snapshot')).filter(({ when }) => when === 'final').length
    await expect.poll(finals, { timeout: 20_000 }).toBeGreaterThan(round)
  }
  return page
}

const makeCaches = (page: Page) =>
  page.evaluate(async () => {
    for (let n = 0; n < 45; n++) await (await caches.open(`c-${n}`)).put('/entry', new Response('entry'))
  })

const makeDatabases = (page: Page) =>
  page.evaluate(async () => {
    for (let n = 0; n < 30; n++) {
      await new Promise((resolve, reject) => {
        const request = indexedDB.open(`d-${n}`)
        request.onupgradeneeded = () => request.result.createObjectStore('rows').put('one', 'one')
        request.onerror = reject
        request.onsuccess = () => {
          request.result.close()
          resolve(undefined)
        }
      })
    }
  })

const makeDirectories = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    for (let n = 0; n < 30; n++) {
      const directory = await root.getDirectoryHandle(`dir-${n}`, { create: true })
      const inner = await directory.getDirectoryHandle('inner', { create: true })
      const file = await inner.getFileHandle('file', { create: true })
      const writable = await file.createWritable()
      await writable.write('content')
      await writable.close()
    }
  })

test.each(FULL ? [0, 60, 100, 1500] : [100])(
  'caches that a handler deletes after %i ms stay deleted',
  async (delay) => {
    const page = await race('caches', delay, makeCaches)
    expect(await page.evaluate(() => caches.keys())).toEqual([])
  },
)

inFullRun('the bytes of a deleted cache are free at once', async () => {
  // A page that is closed holds nothing: only the extension could.
  const other = await bench.openPage(site.url)
  await other.evaluate(async () => {
    await (await caches.open('big')).put('/endless', new Response(new Uint8Array(3_000_000)))
  })
  await other.close()
  const { page, panel } = await openSite('caches', 100)
  await startFetch(page, 'big', ['/endless'])
  await waitForRecorded(panel, 'storage-snapshot', ({ items }) =>
    items.some((item) => item.kind === 'cache-entry' && item.size === 3_000_000),
  )
  await abortAndWait(page, 'big')
  await waitForRecorded(panel, 'storage-snapshot', ({ when }) => when === 'final')
  const bytes = await page.evaluate(async () => {
    const estimate: StorageEstimate & { usageDetails?: { caches?: number } } =
      await navigator.storage.estimate()
    return estimate.usageDetails?.caches ?? 0
  })
  expect(bytes).toBe(0)
})

test.each(FULL ? [0, 100] : [])(
  'databases that a handler deletes after %i ms stay deleted',
  async (delay) => {
    const page = await race('databases', delay, makeDatabases)
    const names = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    await expect.poll(names, { timeout: 5000 }).toEqual([])
  },
)

inFullRun('databases that a handler deletes and makes anew are its own', async () => {
  const page = await race('recreate', 100, makeDatabases)
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(30)
})

inFullRun('databases that a handler upgrades are not blocked', async () => {
  const page = await race('upgrade', 100, async (page) => {
    await page.evaluate(async () => {
      for (const { name = '' } of await indexedDB.databases()) {
        await new Promise((resolve) => {
          indexedDB.deleteDatabase(name).onsuccess = resolve
        })
      }
    })
    await makeDatabases(page)
  })
  const versions = await page.evaluate(async () =>
    (await indexedDB.databases()).map(({ version }) => version),
  )
  expect(new Set(versions)).toEqual(new Set([2]))
})

inFullRun.each([0, 100])('directories that a handler removes after %i ms stay removed', async (delay) => {
  const page = await race('directories', delay, makeDirectories)
  const names = await page.evaluate(async () => {
    const all: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) all.push(name)
    return all
  })
  expect(names).toEqual([])
})

inFullRun('files that a handler overwrites and moves are locked by nobody', async () => {
  await race('overwrite', 100, (page) =>
    page.evaluate(async () => {
      const root = await navigator.storage.getDirectory()
      for await (const name of root.keys()) await root.removeEntry(name, { recursive: true })
      for (let n = 0; n < 30; n++) await root.getFileHandle(`f-${n}`, { create: true })
    }),
  )
})
