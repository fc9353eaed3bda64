import { afterEach, beforeEach, expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { logRows } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** Aborts a fetch whose worker ran before it was traced, and returns the names of the rows about this exception. */
async function namesOf(id: string, message: string) {
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
  await waitForRow(panel, { fetch: id, name: 'backgroundfetchabort done' })
  const rows = (await logRows(panel)).filter(({ fetch }) => fetch === id)
  expect(rows.some(({ text }) => text.includes(message))).toBe(true)
  return rows.map(({ name }) => name).filter((name) => /threw|returned|uncaught/.test(name))
}

test('what a handler throws in a worker that ran before is said of it', async () => {
  expect(await namesOf('in-handler', 'by the handler')).toEqual(['handler threw', 'handler threw'])
})

test('what another task throws right after a handler in a worker that ran before is not said of the handler', async () => {
  expect(await namesOf('in-next-task', 'by the next task')).toEqual(['uncaught', 'handler returned'])
})

test('what another task throws before the event was seen is not said of the handler', async () => {
  expect(await namesOf('before-it-is-seen', 'by a timer')).toEqual(['uncaught'])
})
