import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { selectPanel } from '../../scripts/browser/panel'
import { resume, waitForPause } from '../support/debugger'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { waitForLive, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { pressAbortNow, pressStop, setTrace, waitForWorker } from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** Registers the worker, and collects what it sends. */
const register = (page: Page) =>
  page.evaluate(async () => {
    const received: unknown[] = []
    Object.assign(globalThis, { received })
    navigator.serviceWorker.onmessage = ({ data }) => received.push(data)
    await navigator.serviceWorker.register('pauses.js')
    await navigator.serviceWorker.ready
  })

async function start(page: Page, panel: Frame, id: string): Promise<void> {
  await page.evaluate(async (id) => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    await backgroundFetch.fetch(id, ['/endless'])
  }, id)
  await waitForLive(panel, id)
}

/** Chooses an event in the menu, or takes the choice back. */
const choose = (panel: Frame, name: string) =>
  panel.$$eval(
    '[role="menuitemcheckbox"]',
    (items, name) => {
      const item = items.find((one) => one.getAttribute('aria-label') === `Pause on ${name}`)
      ;(item as HTMLButtonElement).click()
    },
    name,
  )

/** Opens a page whose worker is traced and pauses on aborts. */
async function openPausing() {
  const tab = await bench.openTab(site.url)
  await setTrace(tab.panel, true)
  await register(tab.page)
  await waitForWorker(tab.panel)
  await choose(tab.panel, 'backgroundfetchabort')
  await waitForRow(tab.panel, { name: 'breakpoint set', text: /pauses\.js:10, pauses\.js:14/ })
  return tab
}

test('a worker pauses at the first line of each handler of a chosen event, and its time says so', async () => {
  const { page, panel, devtools } = await openPausing()
  await start(page, panel, 'one')
  await pressAbortNow(panel, 'one')
  await waitForPause(devtools, 'pauses.js:10')
  await waitForRow(panel, { fetch: 'one', name: 'paused in debugger', text: /pauses\.js:10$/ })
  await resume(devtools)
  await waitForPause(devtools, 'pauses.js:14')
  await waitForRow(panel, { fetch: 'one', name: 'paused in debugger', text: /pauses\.js:14$/ })
  await resume(devtools)
  // DevTools has brought Sources to the front.
  await selectPanel(devtools)
  await waitForRow(panel, { name: 'backgroundfetchabort done', text: /of it paused in the debugger/ })
  expect(await rowsLike(panel, { fetch: 'one', name: 'resumed' })).toHaveLength(2)
  // Taken back, it pauses no more.
  await choose(panel, 'backgroundfetchabort')
  await start(page, panel, 'two')
  await pressAbortNow(panel, 'two')
  await waitForRow(panel, { fetch: 'two', name: 'backgroundfetchabort done' })
  expect(await rowsLike(panel, { fetch: 'two', name: /paused/ })).toEqual([])
})

inFullRun('a worker that its event starts pauses in its handler too', async () => {
  const { page, panel, devtools } = await openPausing()
  await start(page, panel, 'cold')
  await pressStop(panel)
  await pressAbortNow(panel, 'cold')
  await waitForPause(devtools, 'pauses.js:10')
  await waitForRow(panel, { name: 'paused in debugger', text: /pauses\.js:10$/ })
  await resume(devtools)
  await waitForPause(devtools, 'pauses.js:14')
  await resume(devtools)
  await selectPanel(devtools)
  await waitForRow(panel, { name: 'backgroundfetchabort done' })
})

inFullRun(
  'a worker that is paused goes on when DevTools is closed, and does not pause any more',
  async () => {
    const { page, panel, devtools } = await openPausing()
    await start(page, panel, 'one')
    await pressAbortNow(panel, 'one')
    await waitForPause(devtools, 'pauses.js:10')
    await devtools.close()
    const received = () => page.evaluate(() => (globalThis as unknown as { received: unknown[] }).received)
    await expect.poll(received, { timeout: 10_000 }).toEqual(['backgroundfetchabort'])
  },
)

inFullRun('a worker that ran before pauses where its script has a handler', async () => {
  const { page, panel, devtools } = await bench.openTab(site.url)
  await setTrace(panel, false)
  await register(page)
  await setTrace(panel, true)
  await waitForWorker(panel)
  await choose(panel, 'backgroundfetchabort')
  await waitForRow(panel, { name: 'breakpoint set', text: /pauses\.js:10, pauses\.js:14/ })
  await start(page, panel, 'one')
  await pressAbortNow(panel, 'one')
  await waitForPause(devtools, 'pauses.js:10')
  await waitForRow(panel, { fetch: 'one', name: 'paused in debugger', text: /pauses\.js:10$/ })
  await resume(devtools)
  await waitForPause(devtools, 'pauses.js:14')
  await resume(devtools)
  await selectPanel(devtools)
  await waitForRow(panel, { name: 'backgroundfetchabort done', text: /of it paused in the debugger/ })
})
