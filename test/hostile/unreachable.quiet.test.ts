import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startFetch, type Tab, useBench } from '../support/harness'
import { rowsLike, waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import { pressAbortNow, pressStop, setTrace, waitForWorker } from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** What the script found, as it wrote it down. */
const foundBy = (page: Page): Promise<string> =>
  page.evaluate(async () => (await (await caches.match('/calls'))?.text()) ?? 'not handled')

/** Registers a worker whose script is not strict: a function of it can ask for its caller. */
const registerClassic = (page: Page, script: string): Promise<void> =>
  page.evaluate(async (script) => {
    await navigator.serviceWorker.register(script)
    await navigator.serviceWorker.ready
  }, script)

/**
 * A script that runs while the browser puts it there, which is a limit that is known, can see the binding, and gets nothing
 * through it.
 */
const BINDING = /^(at the start|a global): backgroundFetch_[0-9a-f]{32}$/

const withoutBinding = (found: string): string =>
  found
    .split('\n')
    .filter((one) => !BINDING.test(one))
    .join() || 'nothing found'

/** How often the script may run before the probe, as somebody else has resumed the worker: a limit that is known. */
const TRIES = 6

/** Aborts a fetch under a worker that looks for a tracer. */
async function abortUnder(tab: Tab, handler: string, from: 'start' | 'middle', tries = 1): Promise<string> {
  const { page, panel } = tab
  const id = `${handler} ${tries}`
  await setTrace(panel, false)
  await page.goto(site.url)
  await registerClassic(page, `/seeks.js?handler=${handler}`)
  await setTrace(panel, true)
  if (from === 'middle') await waitForRow(panel, { name: /^worker (running|not traced)$/ })
  await startFetch(page, id, ['/endless'])
  await waitForLive(panel, id)
  if (from === 'start') {
    await waitForWorker(panel)
    await pressStop(panel)
  }
  await pressAbortNow(panel, id)
  await waitForRow(panel, { fetch: id, name: 'backgroundfetchabort over' })
  const found = await foundBy(page)
  if (from === 'middle') return found
  const rows = await rowsLike(panel, {
    fetch: id,
    name: 'backgroundfetchabort dispatched',
    text: /one handler/,
  })
  if (rows.length > 0 || tries >= TRIES) return found
  await site.close()
  site = await startSite()
  return abortUnder(tab, handler, from, tries + 1)
}

test('a script that looks for a tracer finds nothing of one that came before it, and can’t speak for it', async () => {
  const tab = await bench.openTab('/blank.html')
  expect(withoutBinding(await abortUnder(tab, 'looks', 'start'))).toBe('nothing found')
  await waitForRow(tab.panel, { name: 'backgroundfetchabort done' })
  expect(await rowsLike(tab.panel, { name: /^worker redundant$|^refused$/ })).toEqual([])
})

test('a script that looks for a tracer finds nothing of one that came to it later, and can’t speak for it', async () => {
  const tab = await bench.openTab('/blank.html')
  expect(withoutBinding(await abortUnder(tab, 'looks', 'middle'))).toBe('nothing found')
  await waitForRow(tab.panel, { name: 'backgroundfetchabort done' })
  expect(await rowsLike(tab.panel, { name: /^worker redundant$|^refused$/ })).toEqual([])
})
