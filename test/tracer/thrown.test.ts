import { afterEach, beforeEach, expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { logRows, type RowPattern } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

const DONE = { name: 'backgroundfetchabort done' }

/** Aborts a fetch whose worker ran before it was traced, and returns the names of the rows about this exception. */
async function rowsOf(id: string, message: string, last: RowPattern) {
  const { page, panel } = await bench.openTab(site.url)
  await setTrace(panel, false)
  await page.evaluate(async (task) => {
    await navigator.serviceWorker.register('/throws.js')
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage(task)
  }, id)
  await setTrace(panel, true)
  await waitForWorker(panel)
  await startFetch(page, id, ['/endless'])
  await waitForLive(panel, id)
  await abortInPage(page, id)
  await waitForRow(panel, { fetch: id, ...last })
  const rows = (await logRows(panel)).filter(({ fetch }) => fetch === id)
  expect(rows.some(({ text }) => text.includes(message))).toBe(true)
  return rows.map(({ name }) => name).filter((name) => /threw|returned|uncaught/.test(name))
}

test('what a handler throws in a worker that ran before is said of it', async () => {
  expect(await rowsOf('in-handler', 'by the handler', DONE)).toEqual(['handler threw', 'handler threw'])
})

test('what another task throws right after a handler in a worker that ran before is not said of the handler', async () => {
  expect(await rowsOf('in-next-task', 'by the next task', DONE)).toEqual(['uncaught', 'handler returned'])
})

test('what another task throws before the event was seen is not said of the handler', async () => {
  expect(await rowsOf('before-it-is-seen', 'by a timer', DONE)).toEqual(['uncaught'])
})

test('what a handler that was not seen may have thrown is part of the verdict, and not more than that', async () => {
  const text = /an exception in the worker at that time may be its own: Error: by somebody/
  expect(await rowsOf('unseen', 'by somebody', { name: /^verdict: unknown/, text })).toEqual([])
})
