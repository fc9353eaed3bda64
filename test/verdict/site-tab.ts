import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, test } from 'vitest'
import { waitForRecorded } from '../support/events'
import { inTurn } from '../support/full'
import type { Bench } from '../support/harness'
import { startFetch } from '../support/page'
import { type Site, startSite } from '../support/site'
import { setTrace } from '../support/trace'
import { createRoutes } from './routes'

/** A test that is run traced and untraced: in every run only the first of its ways. */
export function testBothWays(
  name: string,
  ways: readonly [boolean, boolean],
  run: (trace: boolean) => Promise<void>,
): void {
  for (const trace of inTurn(0, ways)) test(`${name} (${trace ? 'traced' : 'untraced'})`, () => run(trace))
}

export const TRACED_FIRST = [true, false] as const
export const UNTRACED_FIRST = [false, true] as const

/** Gives the tests of a file a site of its own each, whose worker is test/fixtures/endings.js. */
export function useSite(bench: Bench) {
  let site: Site | undefined
  beforeEach(async () => {
    site = await startSite(0, createRoutes())
  })
  afterEach(() => site?.close())

  const url = () => site?.url ?? ''

  return {
    get url() {
      return url()
    },
    /** Another origin of the same server, which sends no CORS headers. */
    get other() {
      return url().replace('localhost', '127.0.0.1')
    },
    /** Opens the panel on a page of the site, whose storage holds the table `site/rows` and the cache `old`. */
    async open(handler: string, trace = true) {
      await createPlaces(await bench.openPage(url()))
      const tab = await bench.openTab(url())
      await setTrace(tab.panel, trace)
      await register(tab.page, handler)
      await waitForRecorded(tab.panel, 'storage-baseline')
      return tab
    },
  }
}

const createPlaces = (page: Page) =>
  page.evaluate(async () => {
    await caches.open('old')
    await new Promise<void>((resolve) => {
      const opening = indexedDB.open('site')
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
      opening.onsuccess = () => resolve(opening.result.close())
    })
  })

const register = (page: Page, handler: string) =>
  page.evaluate(async (handler) => {
    await navigator.serviceWorker.register(`/endings.js?handler=${handler}`)
    const { active } = await navigator.serviceWorker.ready
    if (active?.state !== 'activated') {
      await new Promise((resolve) => active?.addEventListener('statechange', resolve))
    }
  }, handler)

/** Writes a row under this key. */
export const putRow = (page: Page, key: string, value = 'sending'): Promise<unknown> =>
  page.evaluate(
    (key, value) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('site')
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('rows', 'readwrite')
          transaction.objectStore('rows').put({ value }, key)
          transaction.oncomplete = () => resolve(opening.result.close())
        }
      }),
    key,
    value,
  )

/** Writes a row under the fetch's ID and starts the fetch. */
export async function startWithRow(page: Page, id: string, urls: readonly string[]): Promise<void> {
  await putRow(page, id)
  await startFetch(page, id, urls)
}

/** Starts a fetch of requests with these options. */
export const startRequests = (
  page: Page,
  id: string,
  requests: readonly { readonly url: string; readonly init: RequestInit }[],
): Promise<unknown> =>
  page.evaluate(
    async (id, requests) => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      await backgroundFetch.fetch(
        id,
        requests.map(({ url, init }) => new Request(url, init)),
      )
    },
    id,
    requests,
  )
