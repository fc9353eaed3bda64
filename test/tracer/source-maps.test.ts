import type { IncomingMessage } from 'node:http'
import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FULL, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive, waitForRow } from '../support/panel'
import { filterLog } from '../support/press'
import { type Site, startSite } from '../support/site'
import { clearLog, pressAbortNow, setTrace, untilTraced, waitForWorker } from '../support/trace'
import { register } from '../support/workers'

// DevTools shows its Sources panel afterwards, which other tests have no use for.
const bench = useBench({ own: true })

// All of line 1 is line 3, column 5 of src/abort.ts.
const map = {
  version: 3,
  sources: ['src/abort.ts'],
  sourcesContent: ['// one\n// two\nself.addEventListener("backgroundfetchabort", onAbort)\n'],
  names: [],
  mappings: 'AAEI',
}

/** A worker in one long line, as a bundler writes it. */
const bundle = (mapUrl: string) =>
  [
    `/*${' '.repeat(300)}*/self.addEventListener("install",e=>e.waitUntil(self.skipWaiting()));`,
    'self.addEventListener("activate",e=>e.waitUntil(self.clients.claim()));',
    'self.addEventListener("backgroundfetchabort",function onAbort(){console.log("bundled")})',
    mapUrl && `\n//# sourceMappingURL=${mapUrl}`,
  ].join('')

let site: Site
/** The maps that a page asked for, as it does for the panel. */
let readByPage: string[]

/** DevTools reads maps as well, for itself: with `no-cors`. */
function noteMap({ pathname }: URL, { headers }: IncomingMessage): void {
  if (pathname.endsWith('.map') && headers['sec-fetch-mode'] === 'cors') readByPage.push(pathname)
}

/** Starts a site whose worker names this map. */
async function serve(mapUrl: string): Promise<void> {
  site = await startSite(0, (url, request, response) => {
    noteMap(url, request)
    if (url.pathname === '/app.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(bundle(mapUrl))
      return true
    }
    if (url.pathname !== '/app.js.map') return false
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(map))
    return true
  })
}

beforeEach(() => {
  readByPage = []
})
afterEach(() => site.close())

/** Its number is shown too where it was tried again. */
const BUNDLED = /^bundled( #\d+)?$/

/** Aborts a fetch of that worker, whose handler writes to its console. */
async function abortOne(): Promise<{ page: Page; devtools: Page; panel: Frame }> {
  const { page, devtools, panel } = await bench.openNewTab(site.url)
  await setTrace(panel, true)
  await untilTraced(async () => {
    await clearLog(panel)
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.unregister()
      await navigator.serviceWorker.register('app.js')
      await navigator.serviceWorker.ready
    })
    await waitForWorker(panel)
    await startFetch(page, 'bundled', ['/endless'])
    await waitForLive(panel, 'bundled')
    await pressAbortNow(panel, 'bundled')
    const end = { fetch: BUNDLED, name: /^backgroundfetchabort (done|not traced)$/ }
    return (await waitForRow(panel, end)).name.endsWith('done')
  })
  await waitForRow(panel, { fetch: BUNDLED, name: 'console.log' })
  await filterLog(panel, 'event:console')
  return { page, devtools, panel }
}

/** The link to the place that wrote to the console. */
const LINK = '[data-row] button[title*="app.js"]'
const linkText = (panel: Frame) =>
  eventually(() => panel.$$eval(LINK, (links) => links.map(({ textContent }) => textContent).join()))

/** The file that is open in the Sources panel. */
const opened = (devtools: Page) =>
  eventually(() =>
    devtools.evaluate(`(async () => {
      const { SourcesPanel } = await import('./panels/sources/sources.js')
      return SourcesPanel.SourcesPanel.instance().sourcesView().currentUISourceCode()?.url() ?? ''
    })()`),
  )

describe('a link into a bundle', () => {
  const inline = `data:application/json;base64,${btoa(JSON.stringify(map))}`
  test.each(FULL ? ['app.js.map', inline] : ['app.js.map'])('opens the original file: %s', async (mapUrl) => {
    await serve(mapUrl)
    const { devtools, panel } = await abortOne()
    await linkText(panel).toMatch(/^onAbort @ app\.js:1:\d{3}$/)
    await panel.focus(LINK)
    await linkText(panel).toBe('abort.ts:3')
    await devtools.keyboard.press('Enter')
    await opened(devtools).toBe(`${site.url}src/abort.ts`)
  })

  inFullRun('opens the bundle where there is no map', async () => {
    await serve('')
    const { devtools, panel } = await abortOne()
    await panel.focus(LINK)
    await devtools.keyboard.press('Enter')
    await opened(devtools).toBe(`${site.url}app.js`)
    await linkText(panel).toMatch(/^onAbort @ app\.js:1:\d{3}$/)
  })

  test('reads a map of the own origin when the link is looked at, once, and not before', async () => {
    await serve('app.js.map')
    const { page, panel } = await abortOne()
    await filterLog(panel, 'event:console fetch:bundled')
    await linkText(panel).toMatch(/^onAbort @ app\.js:1:\d{3}$/)
    // What the panel had asked the page for before, the page has done before this abort.
    await startFetch(page, 'next', ['/endless'])
    await waitForLive(panel, 'next')
    await pressAbortNow(panel, 'next')
    await waitForEnded(panel, 'next')
    expect(readByPage).toEqual([])
    await panel.focus(LINK)
    await linkText(panel).toBe('abort.ts:3')
    expect(readByPage).toEqual(['/app.js.map'])
  })

  test('asks no other origin for a map', async () => {
    const other = await startSite(0, (url, request) => {
      noteMap(url, request)
      return false
    })
    try {
      await serve(`${other.url}app.js.map`)
      const { devtools, panel } = await abortOne()
      await panel.focus(LINK)
      await devtools.keyboard.press('Enter')
      await opened(devtools).toBe(`${site.url}app.js`)
      expect(readByPage).toEqual([])
    } finally {
      await other.close()
    }
  })
})

describe('the list of workers', () => {
  const press = (panel: Frame, selector: string) =>
    panel.$eval(`[aria-label="Service workers"] ${selector}`, (it) => (it as HTMLElement).click())

  inFullRun('opens a script, and the place of a listener to an event', async () => {
    await serve('app.js.map')
    const { page, devtools, panel } = await bench.openNewTab(site.url)
    await setTrace(panel, true)
    await register(page, 'app.js')
    await waitForWorker(panel)
    await panel.waitForSelector('[data-listens] button:not([aria-expanded])')
    await press(panel, 'button[title*="/app.js, scope"]')
    await opened(devtools).toBe(`${site.url}app.js`)
    await press(panel, '[data-listens] button:not([aria-expanded])')
    await opened(devtools).toBe(`${site.url}src/abort.ts`)
  })
})
