import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BodyOf } from '../../protocol/events'
import type { StorageItem } from '../../protocol/storage-items'
import { startScript } from '../support/audit'
import { recorded, waitForRecorded } from '../support/events'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { type Site, startSite } from '../support/site'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** Opens the site with the panel. What `prepare` stores is there before. */
async function openSite(handler: string, prepare?: (page: Page) => Promise<unknown>) {
  if (prepare) await prepare(await bench.openPage(site.url))
  const tab = await bench.openTab(site.url)
  await startScript(tab, `/stores.js?handler=${handler}`)
  return tab
}

const finalOf = (panel: Frame): Promise<BodyOf<'storage-snapshot'>> =>
  waitForRecorded(panel, 'storage-snapshot', ({ when }) => when === 'final')

async function abortOne(page: Page, panel: Frame, id: string, urls = ['/endless']) {
  await startFetch(page, id, urls)
  await waitForRecorded(panel, 'fetch-seen', (seen) => seen.id === id)
  await abortInPage(page, id)
  return finalOf(panel)
}

/** Fetches `/small`, which waits behind another one until the page has listed it: else its URLs may not be known. */
async function fetchSmall(page: Page, panel: Frame): Promise<BodyOf<'storage-snapshot'>> {
  await startFetch(page, 'front', ['/endless'])
  await startFetch(page, 'dl-7', ['/small'])
  const { handle } = await waitForRecorded(panel, 'fetch-seen', ({ id }) => id === 'dl-7')
  await abortInPage(page, 'front')
  return waitForRecorded(panel, 'storage-snapshot', (one) => one.when === 'final' && one.handle === handle)
}

/** Items in short: kind, name, change, and what it names. */
const short = (items: readonly StorageItem[]): string[] =>
  items
    .map((item) => {
      const { kind, change, mentions } = item
      const name = 'key' in item ? item.key : 'path' in item ? item.path : 'url' in item ? item.url : ''
      const called = name || ('name' in item ? item.name : '')
      return `${kind} ${called.replace(/^http:..[^/]*/, '')} ${change}${mentions ? ' named' : ''}`
    })
    .sort()

inFullRun('what an abort leaves under other names is there, with its size', async () => {
  const { page, panel } = await openSite('unmatched')
  await page.evaluate(() => {
    navigator.serviceWorker.addEventListener('message', () => {
      localStorage.setItem('movie', 'here')
      sessionStorage.setItem('movie', 'here')
    })
    navigator.serviceWorker.startMessages()
  })
  const { items, baseline, gaps } = await abortOne(page, panel, 'dl-7')
  expect(baseline).toBe('before')
  expect(short(items)).toEqual([
    'cache empty added',
    'database empty added',
    'database library added',
    'directory parts added',
    'file parts/42.part added',
    'local-storage movie added',
    'object-store movies added',
    'row movie added',
    'row movie-7 added',
    'session-storage movie added',
  ])
  expect(items.find(({ kind }) => kind === 'file')).toMatchObject({ size: 1234 })
  const blob = items.find((item) => item.kind === 'row' && item.key === 'movie')
  expect(blob).toMatchObject({ size: 5000, bodies: [{ size: 5000, digest: expect.any(Number) }] })
  expect(gaps).toEqual([])
})

inFullRun('what names the fetch and is older is there, with its age', async () => {
  const { page, panel } = await openSite('nothing', (page) =>
    page.evaluate(async () => {
      localStorage.setItem('pending', JSON.stringify({ id: 'dl-7' }))
      const root = await navigator.storage.getDirectory()
      await root.getFileHandle('dl-7.part', { create: true })
      await (await caches.open('dl-7')).put('/endless', new Response('placeholder'))
      await new Promise((resolve) => {
        const request = indexedDB.open('library')
        request.onupgradeneeded = () =>
          request.result.createObjectStore('rows').put({ id: 'dl-7', state: 'sending' }, 1)
        request.onsuccess = () => {
          request.result.close()
          resolve(undefined)
        }
      })
    }),
  )
  const { items } = await abortOne(page, panel, 'dl-7')
  expect(short(items)).toEqual([
    'cache dl-7 same named',
    'cache-entry /endless same named',
    'file dl-7.part same named',
    'local-storage pending same named',
    'row 1 same named',
  ])
  const { baselineAt } = await finalOf(panel)
  for (const item of items.filter(({ kind }) => kind !== 'cache-entry')) {
    expect(item.firstSeen).toBeLessThanOrEqual(baselineAt ?? 0)
  }
})

test('a row that existed and gains the id is changed', async () => {
  const { page, panel } = await openSite('nothing', (page) =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('library')
          request.onupgradeneeded = () => request.result.createObjectStore('rows').put({ queue: [] }, 'state')
          request.onsuccess = () => {
            request.result.close()
            resolve(undefined)
          }
        }),
    ),
  )
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('library')
        request.onsuccess = () => {
          const writing = request.result.transaction('rows', 'readwrite')
          writing.objectStore('rows').put({ queue: ['dl-7'] }, 'state')
          writing.oncomplete = () => {
            request.result.close()
            resolve(undefined)
          }
        }
      }),
  )
  const { items } = await abortOne(page, panel, 'dl-7')
  expect(short(items)).toEqual(['row state changed named'])
})

inFullRun(
  'a response that is kept is found in its cache, with the bytes that are stored, and nothing else grew',
  async () => {
    const { page, panel } = await openSite('keep')
    const { items, gaps } = await fetchSmall(page, panel)
    expect(short(items)).toEqual(['cache kept added', 'cache-entry /small added named'])
    expect(items.find(({ kind }) => kind === 'cache-entry')).toMatchObject({ size: 5, status: 200 })
    expect(gaps).toEqual([])
  },
)

/** Opens a site whose cache had an entry at this path before. */
const openCached = (handler: string, path: string) =>
  openSite(handler, (page) =>
    page.evaluate(async (path) => {
      await (await caches.open('kept')).put(path, new Response(path.slice(1)))
    }, path),
  )

inFullRun('a response that is kept under another URL makes the caches grow, and that is said', async () => {
  const { page, panel } = await openCached('keep-elsewhere', '/older')
  const { items, gaps } = await fetchSmall(page, panel)
  expect(short(items)).toEqual([])
  expect(gaps).toMatchObject([{ kind: 'caches-not-listed' }])
  const [gap] = gaps
  expect(gap?.kind === 'caches-not-listed' && gap.grown).toBeGreaterThanOrEqual(512)
})

inFullRun(
  'a cache that the handler deletes and the browser still counts is no growth of the others',
  async () => {
    const { page, panel } = await openSite('drop', (page) =>
      page.evaluate(async () => {
        await (await caches.open('kept')).put('/small', new Response('small'))
        await (await caches.open('dl-7')).put('/small', new Response('x'.repeat(50_000)))
      }),
    )
    const { removed, gaps, usage, usageBefore, deletedCaches } = await fetchSmall(page, panel)
    expect(removed.map(({ kind, container, name }) => `${kind} ${container || name}`).sort()).toEqual([
      'cache dl-7',
      'cache-entry dl-7',
    ])
    expect(usage?.details.caches).toBe(usageBefore?.details.caches)
    expect(deletedCaches).toMatchObject({ names: ['dl-7'], grown: 0 })
    expect(deletedCaches?.bytes).toBeGreaterThan(50_000)
    expect(gaps).toEqual([])
  },
)

inFullRun('what is stored already by the time of the baseline is no news', async () => {
  const { page, panel } = await openCached('nothing', '/small')
  const { items, gaps } = await fetchSmall(page, panel)
  expect(short(items)).toEqual(['cache-entry /small same named'])
  expect(gaps).toEqual([])
})

inFullRun('after an abort no request is pending, and what was ready stays so', async () => {
  const { page, panel } = await openSite('slow')
  await startFetch(page, 'dl-7', ['/small', '/endless', '/endless?2'])
  await waitForRecorded(panel, 'response-ready')
  await abortInPage(page, 'dl-7')
  const { records, problem } = await waitForRecorded(panel, 'request-outcomes')
  expect(problem).toBeNull()
  const states = records.map(({ url, state, bodySize }) => `${new URL(url).pathname} ${state} ${bodySize}`)
  expect(states.sort()).toEqual(['/endless failed null', '/endless failed null', '/small ready 5'])
})

inFullRun('the end of a fetch is heard of also after the page’s garbage was collected', async () => {
  const { page, panel } = await openSite('nothing')
  await startFetch(page, 'dl-7', ['/endless'])
  await waitForRecorded(panel, 'fetch-seen')
  const cdp = await page.createCDPSession()
  for (let n = 0; n < 3; n++) await cdp.send('HeapProfiler.collectGarbage')
  await abortInPage(page, 'dl-7')
  await waitForRecorded(panel, 'settled')
  expect(await recorded(panel, 'fetch-gone')).toEqual([])
})

test('a worker that is unregistered between abort() and the end of its event: no event is claimed', async () => {
  const { page, panel } = await openSite('slow')
  await startFetch(page, 'dl-7', ['/endless'])
  await waitForRecorded(panel, 'fetch-seen')
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const fetch = await registration.backgroundFetch.get('dl-7')
    await fetch?.abort()
    await registration.unregister()
  })
  await finalOf(panel)
  const ends = await recorded(panel, 'event-over')
  expect(ends.filter(({ unregistered }) => !unregistered)).toEqual([])
})
