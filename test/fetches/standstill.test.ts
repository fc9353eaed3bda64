import type { Frame } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, addFrame, onlineSwitch, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { createRoutes } from '../verdict/routes'
import { register } from '../verdict/run'

const bench = useBench()
let site: Site
beforeEach(async () => {
  const routes = createRoutes()
  site = await startSite(0, (url, request, response) => {
    // A page that never stops loading.
    if (url.pathname === '/loading') {
      response.writeHead(200, { 'Content-Type': 'text/html' }).write('<!doctype html><title>Loading</title>')
      return true
    }
    return routes(url, request, response)
  })
})
afterEach(() => site.close())

/** Why the table says that a fetch stands still. */
const stateOf = (panel: Frame, id: string) =>
  eventually(() => panel.$eval(`tr[data-id="${id}"] [data-column="state"]`, (cell) => cell.textContent ?? ''))
const hintOf = (panel: Frame, id: string) =>
  eventually(() =>
    panel.$eval(`tr[data-id="${id}"] [data-column="state"]`, (cell) => cell.getAttribute('title') ?? ''),
  )

test('a fetch says why it stands still: its place in the queue, an offline page, a tab that loads', async () => {
  const { page, panel } = await bench.openTab(site.url)
  await register(page, 'nothing')
  const other = await bench.browser.newPage()
  void other.goto(`${site.url}loading`).catch(() => {})
  await other.waitForFunction(() => document.title === 'Loading')
  await startFetch(page, 'front', ['/silent'])
  await stateOf(panel, 'front').toMatch(/^a tab is loading · no bytes yet, \d s$/)
  await hintOf(panel, 'front').toMatch(
    /Another tab \(localhost:\d+\) was loading when the fetch was first seen, and a tab still is/,
  )
  await other.close()
  await stateOf(panel, 'front').toMatch(/^may wait until \d/)
  await startFetch(page, 'second', ['/silent'])
  await stateOf(panel, 'second').toMatch(/^queued/)
  await hintOf(panel, 'second').toMatch(/front began before it and has no bytes either/)
  const setOnline = await onlineSwitch(page)
  await setOnline(false)
  await stateOf(panel, 'front').toMatch(/^page offline · /)
  await waitForRow(panel, { name: 'page offline', text: /“Offline” in DevTools sets navigator\.onLine too/ })
  await setOnline(true)
  await waitForRow(panel, { name: 'page online' })
  await stateOf(panel, 'front').not.toMatch(/offline/)
})

inFullRun('a fetch that a traced frame started is said to be paused, perhaps', async () => {
  const { page, panel } = await bench.openTab(site.url)
  await register(page, 'nothing')
  const frame = await addFrame(page, `${site.url}?frame`)
  await setTrace(panel, true)
  await waitForWorker(panel)
  // Its calls are traced once one of them has come.
  await startFetch(frame, 'traced', ['/silent'])
  await waitForLive(panel, 'traced')
  await abortInPage(frame, 'traced')
  await waitForRow(panel, { fetch: 'traced', name: 'abort() called' })
  await startFetch(frame, 'framed', ['/silent'])
  await waitForLive(panel, 'framed')
  await stateOf(panel, 'framed').toMatch(/^may be paused · no bytes yet, \d s$/)
  expect(await panel.$('ul[aria-label="Why it stands still"]')).toBe(null)
  await panel.$eval('tr[data-id="framed"] [data-select]', (button) => (button as HTMLElement).click())
  const reasons = () =>
    panel.$$eval('ul[aria-label="Why it stands still"] li', (items) => items.map((item) => item.textContent))
  await eventually(reasons).toEqual([expect.stringMatching(/^A script in a frame called fetch\(\)/)])
})

test('a permission that is blocked while the panel is open is shown, and a call without a fetch says what it is', async () => {
  const { page, panel } = await bench.openTab(site.url)
  await register(page, 'nothing')
  await setTrace(panel, true)
  await waitForWorker(panel)
  const cdp = await page.createCDPSession()
  const { origin } = new URL(site.url)
  await cdp.send('Browser.setPermission', {
    origin,
    permission: { name: 'background-fetch' },
    setting: 'denied',
  })
  await eventually(() => panel.$eval('body', (body) => body.innerText)).toMatch(
    /Background fetch is blocked for this site/,
  )
  await page.evaluate(async () => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    await backgroundFetch.fetch('none', []).catch(() => {})
  })
  const { text } = await waitForRow(panel, { name: 'no fetch seen' })
  expect(text).toMatch(
    /; the permission background-fetch is “denied” \(“Automatic downloads” in the site’s settings\)$/,
  )
  await cdp.send('Browser.resetPermissions')
})
