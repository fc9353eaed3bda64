import type { Browser, CDPSession, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Demo, startDemo } from '../../demo/server/index'
import { type Launched, type LaunchOptions, launch } from '../../scripts/browser/launch'
import { QUICK_DOWNLOADS } from '../../scripts/browser/quick-downloads'
import { leave, openTallPanel, renew, type Tab } from './tab'
import { takePort } from './used-ports'
import { within } from './within'

export { openTallPanel, type Tab } from './tab'

export interface Bench {
  readonly browser: Browser
  /** A demo of its own for each test, and so an origin of its own. */
  readonly demo: Demo
  /** Opens a page of the demo, or any address. */
  openPage(path: string): Promise<Page>
  /**
   * Opens a page of the demo, or any address, and the panel on it. The first time in a test it is the tab of the
   * tests before, made as good as new: opening DevTools costs more than most tests.
   */
  openTab(path: string): Promise<Tab>
  /** The same in a tab that no panel was ever open on. */
  openNewTab(path: string): Promise<Tab>
  /** Opens DevTools again on a tab whose DevTools was closed. */
  reopen(tab: Tab): Promise<Tab>
}

/** Insecure, as it is not called localhost. */
export const INSECURE_HOST = 'insecure.test'

/** What makes a browser of tests quick. */
export const SWITCHES = [QUICK_DOWNLOADS, `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`]

interface BenchOptions extends LaunchOptions {
  /** The tests need a browser that has done nothing before, or leave one that others can't use. */
  readonly own?: boolean
}

/** A Chromium with the extension, and what its tests hand on to one another. */
interface Running extends Launched {
  readonly cleaner: CDPSession
  /** Where the panel remembers its settings. */
  readonly extension: string
  tab?: Tab | undefined
}

async function start(options: LaunchOptions): Promise<Running> {
  const launched = await launch({
    first: 'security',
    ...options,
    args: [...SWITCHES, ...(options.args ?? [])],
  })
  const { browser } = launched
  const worker = await browser.waitForTarget((target) => target.type() === 'service_worker')
  const [first = await browser.newPage()] = await browser.pages()
  return { ...launched, cleaner: await first.createCDPSession(), extension: new URL(worker.url()).origin }
}

/** Test files run one after the other in one process, and share its browser; it ends with the process. */
let common: Promise<Running> | undefined

/** Gives the tests of a file a Chromium with the extension, and each of them a demo. */
export function useBench({ own = false, ...options }: BenchOptions = {}): Bench {
  const shares = !own && Object.keys(options).length === 0
  let running: Running | undefined
  let demo: Demo | undefined
  let used = false

  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('Use the bench in a test only.')
    return value
  }

  /** Ends what a test has left, and takes its origins' data away. */
  const tidy = async (of: Running): Promise<void> => {
    const { tab, browser, cleaner, extension } = of
    if (tab && !(await within('leaving the tab', leave(tab)))) of.tab = undefined
    const [, ...opened] = await within('listing the pages', browser.pages())
    // Closing a page closes its DevTools, which may be in the list as well.
    for (const page of opened) {
      if (page === of.tab?.page || page === of.tab?.devtools || page.isClosed()) continue
      await within(
        `closing ${page.url()}`,
        page.close().catch(() => {}),
      )
    }
    const clear = (origin: string, storageTypes: string) =>
      within(`clearing ${origin}`, cleaner.send('Storage.clearDataForOrigin', { origin, storageTypes }))
    // The settings. Asking the panel costs a tenth of asking the browser.
    if (of.tab)
      await within(
        'clearing settings',
        of.tab.panel.evaluate(() => localStorage.clear()),
      )
    else await clear(extension, 'local_storage')
    for (const url of [bench.demo.otherOrigin, bench.demo.url]) await clear(new URL(url).origin, 'all')
  }

  const begin = async () => {
    if (shares) common ??= start({})
    running ??= await (shares ? common : start(options))
  }

  beforeAll(begin)
  beforeEach(async () => {
    await begin()
    demo = await startDemo({ port: 0 })
    while (!takePort(demo.port)) {
      await demo.close()
      demo = await startDemo({ port: 0 })
    }
    used = false
  })
  afterEach(async () => {
    const of = started(running)
    try {
      await tidy(of)
    } catch (error) {
      // The test itself is over.
      console.warn(`The tests to come get another browser. ${error}`)
      running = undefined
      if (shares) common = undefined
      of.browser.process()?.kill('SIGKILL')
    } finally {
      await bench.demo.close()
    }
  })
  afterAll(async () => {
    if (!shares) await running?.close()
  })

  const bench: Bench = {
    get browser() {
      return started(running).browser
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
      const of = started(running)
      const { tab } = of
      if (tab && !tab.page.isClosed()) {
        if (used) return bench.openNewTab(path)
        used = true
        try {
          await renew(tab, new URL(path, bench.demo.url).href)
          return tab
        } catch (error) {
          console.warn(`The tab of the tests before is given up. ${error}`)
        }
        await tab.page.close().catch(() => {})
      }
      used = true
      of.tab = await bench.openNewTab(path)
      return of.tab
    },
    async openNewTab(path) {
      const page = await bench.openPage(path)
      return { page, ...(await openTallPanel(page)) }
    },
    async reopen(tab) {
      const again = { page: tab.page, ...(await openTallPanel(tab.page)) }
      const of = started(running)
      if (of.tab === tab) of.tab = again
      return again
    },
  }
  return bench
}
