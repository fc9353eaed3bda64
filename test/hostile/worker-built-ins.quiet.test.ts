import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inEveryRunIf } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { untilSeen, waitForLive, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import { type Site, startSite } from '../support/site'
import {
  clearLog,
  pressAbortNow,
  pressStop,
  setTrace,
  stopElsewhere,
  stopUntraced,
  untilTraced,
  waitForWorker,
  workerRows,
} from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

const results = (page: Page) =>
  page.evaluate(async () => (await (await caches.match('/calls'))?.text()) ?? 'nothing')

/** Aborts a fetch under the worker; gives what the worker wrote down. */
async function abortUnder({ page, panel }: Tab, script: string, trace: 'off' | 'cold' | 'warm') {
  await setTrace(panel, false)
  await page.goto(site.url)
  await registerWorker(page, { script: `/${script}.js`, handler: '' })
  if (trace !== 'off') await setTrace(panel, true)
  // Either is an answer: what a script has replaced can make it impossible.
  if (trace !== 'off') await waitForRow(panel, { name: /^worker (running|started|not traced)$/ })
  await startFetch(page, trace, ['/endless'])
  await waitForLive(panel, trace)
  if (trace === 'off') await stopElsewhere(page)
  if (trace === 'cold') await stopUntraced(page, panel)
  await pressAbortNow(panel, trace)
  await waitForRow(panel, { fetch: trace, name: 'records released' })
  return (await results(page)).replace(trace, 'id')
}

test('a worker that replaces what a tracer uses, traced from before its start, does what it does', async () => {
  const tab = await bench.openTab('/blank.html')
  const expected = await abortUnder(tab, 'redefines', 'off')
  await untilTraced(async () => {
    await site.close()
    await clearLog(tab.panel)
    site = await startSite()
    const got = await abortUnder(tab, 'redefines', 'cold')
    expect(got.split(',')).toEqual(expected.split(','))
    const end = { fetch: 'cold', name: /^backgroundfetchabort (done|not traced)$/ }
    return (await waitForRow(tab.panel, end)).name.endsWith('done')
  })
})

test('a worker that has replaced what a tracer uses goes on, and the panel says what it can’t tell', async () => {
  const tab = await bench.openTab('/blank.html')
  const { panel } = tab
  expect(await abortUnder(tab, 'redefines', 'warm')).toMatch(/,id$|,id,waitUntil$/)
  const reported = await rowsLike(panel, {
    name: /^(backgroundfetchabort (done|not traced)|worker not traced)$/,
  })
  expect(reported.length).toBeGreaterThan(0)
})

for (const trace of ['cold', 'warm'] as const) {
  inEveryRunIf(trace === 'cold')(
    `a worker that calls everything it finds with 10 MB of rubbish is traced, ${trace}`,
    async () => {
      const tab = await bench.openTab('/blank.html')
      const { panel } = tab
      expect(await abortUnder(tab, 'rubbish', trace)).toBe('true id')
      await waitForRow(panel, { fetch: trace, name: /^backgroundfetchabort (done|not traced)$/ })
      // "Not traced" is taken back when the worker's word comes later than the page's.
      const rows = await untilSeen(panel, async () => {
        const rows = await workerRows(panel, trace)
        const reported = (end: string) =>
          rows.filter(({ name }) => name === `backgroundfetchabort ${end}`).length
        expect(reported('dispatched')).toBe(reported('done'))
        return rows
      })
      expect((await rowsLike(panel, { name: 'refused' })).length).toBeLessThanOrEqual(1)
      for (const { text } of rows) expect(text.length).toBeLessThan(1000)
    },
  )
}

test('a worker that throws while it starts is reported as such, and its fetch as not traced', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await registerWorker(page, { script: '/sw-throws.js', handler: '' })
  await waitForWorker(panel)
  await startFetch(page, 'unstartable')
  await waitForLive(panel, 'unstartable')
  await pressStop(panel)
  await pressAbortNow(panel, 'unstartable')
  await waitForRow(panel, { name: 'uncaught', text: /this worker cannot start/ })
  await waitForRow(panel, { fetch: 'unstartable', name: 'settled: failure, aborted' })
  expect(await rowsLike(panel, { name: 'backgroundfetchabort dispatched' })).toEqual([])
})
