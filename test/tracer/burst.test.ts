import { afterEach, beforeEach, expect, test } from 'vitest'
import { verdictOf } from '../support/audit'
import { recorded } from '../support/events'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { untilSeen, waitForLive, waitForRow } from '../support/panel'
import { filterLog } from '../support/press'
import { logRows } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { pressAbortNow, setTrace, waitForWorker, workerRows } from '../support/trace'
import { startWithRow, useSite } from '../verdict/site-tab'

const bench = useBench()
const endings = useSite(bench)
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** Aborts a fetch under the worker that calls a lot; gives what the worker wrote down. */
async function abortUnderBurst(trace: boolean) {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, trace)
  await page.goto(site.url)
  await registerWorker(page, { script: '/burst.js', handler: '' })
  if (trace) await waitForWorker(panel)
  await startFetch(page, 'burst', ['/endless'])
  await waitForLive(panel, 'burst')
  await pressAbortNow(panel, 'burst')
  await waitForRow(panel, { fetch: 'burst', name: 'records released' })
  const written = await page.evaluate(async () => (await (await caches.match('/calls'))?.text()) ?? '')
  return { panel, written }
}

inFullRun('a script’s own getters are not read, and a cut stack is as long as without tracing', async () => {
  const expected = (await abortUnderBurst(false)).written
  expect(expected).toMatch(/^0 5 4 burst$/)
  await site.close()
  site = await startSite()
  expect((await abortUnderBurst(true)).written).toBe(expected)
})

test('a burst of calls is counted: each is followed, and the first hundred have rows', async () => {
  const { panel } = await abortUnderBurst(true)
  // There are more rows than are drawn at once.
  await filterLog(panel, 'dispatched')
  await waitForRow(panel, { fetch: 'burst', name: 'backgroundfetchabort dispatched' })
  await filterLog(panel, '')
  const { text } = await waitForRow(panel, { fetch: 'burst', name: 'backgroundfetchabort done' })
  expect(text).toMatch(/5 of 5001 promises rejected/)
  const rows = await workerRows(panel, 'burst')
  const names = rows.map(({ name }) => name)
  expect(names).toContain('more calls')
  expect(names.lastIndexOf('more calls')).toBeLessThan(names.indexOf('backgroundfetchabort done'))
})

inFullRun('waitUntil() without an argument is not said to be too late', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await page.goto(site.url)
  await registerWorker(page, { script: '/observable.js', handler: '' })
  await waitForWorker(panel)
  await startFetch(page, 'nothing', ['/endless'])
  await waitForLive(panel, 'nothing')
  await pressAbortNow(panel, 'nothing')
  await waitForRow(panel, { name: 'waitUntil() refused', text: /Called without an argument: TypeError/ })
  await untilSeen(panel, async () => {
    const refused = (await logRows(panel)).filter(({ name }) => name === 'waitUntil() refused')
    expect(refused.filter(({ text }) => /too late.*1 argument required/.test(text))).toEqual([])
  })
})

/** Aborts a fetch whose handler writes 5000 messages to its console, one of them an error. */
async function abortUnderLogs(handler: string) {
  const { page, panel } = await endings.open(handler)
  await startWithRow(page, 'logs', ['/endless'])
  await waitForLive(panel, 'logs')
  await pressAbortNow(panel, 'logs')
  await waitForRow(panel, { fetch: 'logs', name: 'backgroundfetchabort done' })
  const { verdict } = await verdictOf(panel, 'logs')
  const rows = await recorded(panel, 'console')
  const counts = await recorded(panel, 'console-counted')
  const written = rows.length + counts.reduce((sum, { count }) => sum + count, 0)
  return { verdict, rows, written, isAll: !counts.some(({ atLeast }) => atLeast) }
}

inFullRun(
  'an error at the end of a burst of console messages has its row and is part of the verdict',
  async () => {
    const { verdict, rows, written, isAll } = await abortUnderLogs('logs-last')
    expect(rows.filter(({ level }) => level === 'error')).toMatchObject([{ text: 'finalize failed' }])
    expect(verdict).toMatch(
      /^errors: 1 error logged in the worker while the event was handled: finalize failed/,
    )
    if (isAll) expect(written).toBe(5000)
    else expect(written).toBeLessThan(5000)
  },
)

test('a verdict is not clean where errors may have been logged that were not read', async () => {
  const { verdict, rows, written, isAll } = await abortUnderLogs('logs-early')
  const errors = rows.filter(({ level }) => level === 'error').length
  // It is read where the worker is so slow that it falls into a look at the burst.
  if (errors > 0) expect(verdict).toMatch(/^errors: /)
  else expect(verdict).toMatch(/^unknown: .*the handler may have logged errors that were not read/)
  if (isAll) expect(written).toBe(5000)
  else expect(written).toBeLessThan(5000)
})
