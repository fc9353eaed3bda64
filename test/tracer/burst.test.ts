import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerWorker, startFetch, useBench } from '../support/harness'
import { filterLog, logRows, untilSeen, waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import { pressAbortNow, setTrace, waitForWorker, workerRows } from '../support/trace'

const bench = useBench()
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
  await waitForRow(panel, { fetch: 'burst', name: 'backgroundfetchabort over' })
  const written = await page.evaluate(async () => (await (await caches.match('/calls'))?.text()) ?? '')
  return { panel, written }
}

test('a script’s own getters are not read, and a cut stack is as long as without tracing', async () => {
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
  await waitForRow(panel, { fetch: 'burst', name: 'backgroundfetchabort dispatched', text: /one handler/ })
  await filterLog(panel, '')
  const { text } = await waitForRow(panel, { fetch: 'burst', name: 'backgroundfetchabort done' })
  expect(text).toMatch(/5 of 5001 promises rejected/)
  const rows = await workerRows(panel, 'burst')
  const names = rows.map(({ name }) => name)
  expect(names).toContain('more calls')
  expect(names.lastIndexOf('more calls')).toBeLessThan(names.indexOf('backgroundfetchabort done'))
})

test('waitUntil() without an argument is not said to be too late', async () => {
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
