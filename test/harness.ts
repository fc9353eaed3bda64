/// <reference path="../demo/site/background-fetch.d.ts" />
import type { Browser, CDPSession, Frame, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Demo, startDemo } from '../demo/server/index'
import { type Launched, type LaunchOptions, launch } from '../scripts/browser/launch'
import { type OpenPanel, openPanel } from '../scripts/browser/panel'
import { liveRows } from './panel'
import { clearLog } from './trace'

/** A page with DevTools open on it and the Background Fetch tab in front. */
export interface Tab extends OpenPanel {
  readonly page: Page
}

export interface Bench {
  readonly browser: Browser
  /** A demo of its own for each test, and so an origin of its own. */
  readonly demo: Demo
  /** Opens a page of the demo, or any address. */
  openPage(path: string): Promise<Page>
  /** Opens a page of the demo, or any address, and the panel on it. */
  openTab(path: string): Promise<Tab>
}

/**
 * Chromium's download service waits 2 s after its start, lets running downloads rest for 30 s after every
 * navigation and retries a failed one after 20 s: all politeness that a test need not wait for.
 */
const impatient = `--enable-features=DownloadService:${[
  'start_up_delay_ms/0',
  'network_change_delay_ms/0',
  'navigation_completion_delay_seconds/0',
  'retry_delay_ms/50',
].join('/')}`

/** High enough for all rows of a test's log to be drawn. */
const WINDOW = { width: 1300, height: 1500 }

/** Makes the window high enough for the whole log, and waits until the log has drawn what fits in. */
async function makeTall({ devtools, panel }: OpenPanel): Promise<void> {
  await devtools.setViewport(WINDOW)
  await panel.evaluate(
    (height) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (innerHeight < height) requestAnimationFrame(look)
          else requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
        }
        look()
      }),
    WINDOW.height - 200,
  )
}

/** Opens the panel in a window that is high enough for the whole log. */
export async function openTallPanel(page: Page): Promise<OpenPanel> {
  const opened = await openPanel(page)
  await makeTall(opened)
  return opened
}

interface BenchOptions extends LaunchOptions {
  /**
   * The tests of the file share a tab, which each finds as if it were new, on an origin of its own: opening
   * DevTools costs more than most tests.
   */
  readonly oneTab?: boolean
}

/** Gives a test file one Chromium with the extension, and each of its tests a demo. */
export function useBench({ oneTab = false, ...options }: BenchOptions = {}): Bench {
  let launched: Launched | undefined
  let demo: Demo | undefined
  let cleaner: CDPSession | undefined
  let shared: Tab | undefined

  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('Use the bench in a test only.')
    return value
  }

  beforeAll(async () => {
    launched = await launch({ first: 'security', ...options, args: [impatient, ...(options.args ?? [])] })
    const [first] = await launched.browser.pages()
    cleaner = await started(first).createCDPSession()
  })
  beforeEach(async () => {
    demo = await startDemo({ port: 0 })
  })
  afterEach(async () => {
    const [, ...opened] = await bench.browser.pages()
    // Closing a page closes its DevTools, which may be in the list as well.
    for (const page of opened) {
      if (page === shared?.page || page === shared?.devtools || page.isClosed()) continue
      await page.close().catch(() => {})
    }
    for (const url of [bench.demo.url, bench.demo.otherOrigin]) {
      const { origin } = new URL(url)
      // Without its worker, a background fetch ends.
      await started(cleaner).send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
    }
    await bench.demo.close()
  })
  afterAll(async () => {
    await launched?.close()
    await demo?.close()
  })

  /** Makes the tab of the tests before as good as new; says whether it could. */
  const renew = async (tab: Tab, path: string): Promise<boolean> => {
    const { page, panel } = tab
    const patience = { timeout: 15_000 }
    await panel.$$eval('[aria-label="Past session"] button', ([back]) =>
      (back as HTMLElement | undefined)?.click(),
    )
    await panel.$eval('input[type="search"]', (field) => {
      ;(field as HTMLInputElement).value = ''
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    })
    // Nobody will see such a fetch end.
    if ((await liveRows(panel)).some(({ state }) => state === 'not observed')) return false
    // A fetch of an embedded site outlives the clearing of its origin.
    await panel.$$eval('button', (all) => all.find((one) => one.textContent === 'Abort all')?.click())
    await expect.poll(() => liveRows(panel), patience).toEqual([])
    await makeTall(tab)
    await clearLog(panel)
    await page.goto(new URL(path, bench.demo.url).href)
    return true
  }

  const bench: Bench = {
    get browser() {
      return started(launched).browser
    },
    get demo() {
      return started(demo)
    },
    async openPage(path) {
      const page = await bench.browser.newPage()
      await page.goto(new URL(path, bench.demo.url).href)
      return page
    },
    async openTab(path) {
      if (shared && !shared.page.isClosed()) {
        if (await renew(shared, path)) return shared
        await shared.page.close()
      }
      const page = await bench.openPage(path)
      const tab = { page, ...(await openTallPanel(page)) }
      if (oneTab) shared = tab
      return tab
    },
  }
  return bench
}

interface WorkerOptions {
  /** How the demo's worker treats an abort; see demo/site/handlers. */
  readonly handler?: string
  readonly scope?: string
  readonly script?: string
}

/** Registers the demo's worker, as the demo's own page does, and waits until it is active. */
export async function registerWorker(page: Page | Frame, options: WorkerOptions = {}): Promise<void> {
  const { handler = 'discard', scope = '/', script = '/sw.js' } = options
  await page.evaluate(
    async (url, scope) => {
      const registration = await navigator.serviceWorker.register(url, { scope, type: 'module' })
      const worker = registration.installing ?? registration.waiting
      if (!worker) return
      await new Promise<void>((resolve) => {
        worker.addEventListener('statechange', () => worker.state === 'activated' && resolve())
        if (worker.state === 'activated') resolve()
      })
    },
    `${script}?handler=${handler}`,
    scope,
  )
}

export interface Media {
  /** Bytes. */
  readonly size?: number
  /** Bytes per second; 0 is as fast as it goes. */
  readonly rate?: number
  readonly [parameter: string]: number | undefined
}

/** The address of a sound of the demo. What is not said makes a fetch that outlasts every test. */
export function media(name: string, options: Media = {}): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries({ size: 60_000_000, rate: 300_000, ...options })) {
    query.set(key, String(value))
  }
  return `/media/${name}.wav?${query}`
}

interface FetchOptions extends BackgroundFetchOptions {
  readonly scope?: string
}

/** Starts a fetch as a page does; rejects when the browser refuses it. */
export async function startFetch(
  page: Page | Frame,
  id: string,
  urls: readonly string[] = [media('sound')],
  options: FetchOptions = {},
): Promise<void> {
  const { scope = '/', ...rest } = options
  await page.evaluate(
    async (id, urls, scope, options) => {
      const all = await navigator.serviceWorker.getRegistrations()
      const registration = all.find((candidate) => new URL(candidate.scope).pathname === scope)
      await registration?.backgroundFetch.fetch(id, [...urls], options)
    },
    id,
    urls,
    scope,
    rest,
  )
}

/** Ends a fetch as a page does. */
export async function abortInPage(page: Page | Frame, id: string): Promise<void> {
  await page.evaluate(async (id) => {
    const registration = await navigator.serviceWorker.ready
    await (await registration.backgroundFetch.get(id))?.abort()
  }, id)
}

/**
 * Starts a fetch that may be over in a moment, and lets it begin only when `seen` has resolved: until then
 * it is queued behind a longer one of the same origin.
 */
export async function startWhenSeen(
  page: Page,
  id: string,
  urls: readonly string[],
  seen: () => Promise<unknown>,
  options: FetchOptions = {},
): Promise<void> {
  const front = `in front of ${id}`
  await startFetch(page, front)
  await startFetch(page, id, urls, options)
  await seen()
  await abortInPage(page, front)
}
