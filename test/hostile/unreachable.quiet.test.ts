import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FULL, inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { pressAbortNow, pressStop, setTrace, TRIES, waitForWorker } from '../support/trace'

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

/** When the tracer comes: before the worker is registered, before it starts again, or when its script has run. */
type From = 'registered' | 'start' | 'middle'

/** Aborts a fetch under a worker that looks for a tracer, and gives what its script found. */
async function abortUnder(tab: Tab, script: string, from: From, tries = 1): Promise<string> {
  const { page, panel } = tab
  const id = `${from} ${++aborts}`
  await setTrace(panel, from === 'registered')
  await page.goto(site.url)
  await registerClassic(page, script)
  await setTrace(panel, true)
  if (from === 'registered') await waitForRow(panel, { name: /^worker (started|running|not traced)$/ })
  if (from === 'middle') await waitForRow(panel, { name: /^worker (running|not traced)$/ })
  await startFetch(page, id, ['/endless'])
  await waitForLive(panel, id)
  if (from === 'start') {
    await waitForWorker(panel)
    await pressStop(panel)
  }
  await pressAbortNow(panel, id)
  await waitForRow(panel, { fetch: id, name: 'records released' })
  const found = await foundBy(page)
  if (from === 'middle') return found
  const rows = await rowsLike(panel, {
    fetch: id,
    name: 'backgroundfetchabort dispatched',
    text: /one handler/,
  })
  if (rows.length > 0 || tries >= TRIES) return found
  await nextSite()
  return abortUnder(tab, script, from, tries + 1)
}
let aborts = 0

/** Another origin, with workers of its own. */
async function nextSite(): Promise<void> {
  await site.close()
  site = await startSite()
}

test('a script that looks for a tracer finds nothing of one that came before it, and can’t speak for it', async () => {
  const tab = await bench.openTab('/blank.html')
  expect(await abortUnder(tab, '/seeks.js', 'start')).toBe('nothing found')
  await waitForRow(tab.panel, { name: 'backgroundfetchabort done' })
  expect(await rowsLike(tab.panel, { name: /^worker redundant$|^refused$/ })).toEqual([])
})

inFullRun(
  'a script that looks for a tracer finds nothing of one that came to it later, and can’t speak for it',
  async () => {
    const tab = await bench.openTab('/blank.html')
    expect(await abortUnder(tab, '/seeks.js', 'middle')).toBe('nothing found')
    await waitForRow(tab.panel, { name: 'backgroundfetchabort done' })
    expect(await rowsLike(tab.panel, { name: /^worker redundant$|^refused$/ })).toEqual([])
  },
)

test('hooks on built-ins are not called by a tracer that came before them, and get nothing of it', async () => {
  const tab = await bench.openTab('/blank.html')
  expect(await abortUnder(tab, '/hooks.js', 'registered')).toBe('nothing found')
  await waitForRow(tab.panel, { name: 'backgroundfetchabort done' })
})

/** Groups of built-ins, by their names in the script; in every run those that the tracer checks in another way each. */
const HOOKS = FULL
  ? [
      ...['all', 'descriptors', 'calls', 'reflect', 'text', 'json', 'maps', 'arrays', 'promises', 'strings'],
      ...['attributes', 'listeners', 'globals'],
    ]
  : ['all', 'attributes', 'listeners', 'globals']

test('hooks on built-ins that were there before the tracer are not called by it, and get nothing of it', async () => {
  const tab = await bench.openTab('/blank.html')
  const found: Record<string, string> = {}
  for (const hooks of HOOKS) {
    found[hooks] = await abortUnder(tab, `/hooks.js?hooks=${hooks}`, 'middle')
    await nextSite()
  }
  expect(found).toEqual(Object.fromEntries(HOOKS.map((hooks) => [hooks, 'nothing found'])))
  // A limit that is known, and said.
  const untraced = await rowsLike(tab.panel, { name: 'worker not traced' })
  expect(untraced.map(({ text }) => text)).toEqual(
    untraced.map(() => expect.stringMatching(/replaced built-in functions/)),
  )
})

/** What a script can see of its global scope and of what a tracer wraps, line by line. */
const seenBy = async (tab: Tab, url: string, trace: boolean): Promise<ReadonlySet<string>> => {
  const { page, panel } = tab
  const id = `seen ${++aborts}`
  await setTrace(panel, trace)
  await page.goto(url)
  await registerClassic(page, '/describes.js')
  if (trace) await waitForWorker(panel)
  await startFetch(page, id, ['/endless'])
  await waitForLive(panel, id)
  await pressAbortNow(panel, id)
  await waitForRow(panel, { fetch: id, name: 'records released' })
  return new Set((await foundBy(page)).split('\n'))
}

test('workers of two origins see nothing by which they could tell that one tracer is in both', async () => {
  const tab = await bench.openTab('/blank.html')
  const plain = await seenBy(tab, site.url, false)
  await nextSite()
  const one = await seenBy(tab, site.url, true)
  const other = await seenBy(tab, site.url.replace('localhost', '127.0.0.1'), true)
  expect(plain.size).toBeGreaterThan(100)
  expect([...one, ...other].filter((line) => !plain.has(line))).toEqual([])
})
