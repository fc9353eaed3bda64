import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { killBackground } from '../support/background'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow, waitForText } from '../support/panel'
import { deleteAll, emptyList, listed, openList, setRecording } from '../support/recordings'
import { rowsLike } from '../support/rows'
import { setTrace, waitForNoWorker, waitForWorker } from '../support/trace'

const bench = useBench({ own: true })

/** Notes what is rejected in the panel and read by nobody. */
async function watchRejections(panel: Frame): Promise<() => Promise<string[]>> {
  await panel.evaluate(() => {
    const rejected: string[] = []
    Object.assign(globalThis, { rejected })
    addEventListener('unhandledrejection', ({ reason }) => rejected.push(String(reason)))
  })
  return () => panel.evaluate(() => (globalThis as unknown as { rejected: string[] }).rejected)
}

/** Stops the background, and presses a button of the panel in the moment in which the panel hears of it. */
async function pressAsItStops(panel: Frame, name: string): Promise<void> {
  await panel.evaluate((name) => {
    const find = () =>
      [...document.querySelectorAll<HTMLElement>('button, [role="switch"]')].find(
        (one) =>
          (one.getAttribute('aria-label') ?? one.closest('label')?.textContent ?? one.textContent) === name,
      )
    if (!find()) throw new Error(`There is nothing to press that is called ${name}.`)
    const press = () => find()?.click()
    // A port of its own is closed in the same task as the panel's: before it, so that there is still a connection.
    const port = chrome.runtime.connect({ name: `panel:${chrome.devtools.inspectedWindow.tabId}` })
    port.onDisconnect.addListener(press)
    Object.assign(globalThis, { port })
  }, name)
  await killBackground(bench.browser)
}

test('Clear log is done once', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  const rejections = await watchRejections(panel)
  await registerWorker(page)
  await startFetch(page, 'cleared')
  await waitForRow(panel, { fetch: 'cleared', name: 'fetch started' })
  await pressAsItStops(panel, 'Clear log')
  await eventually(() => rowsLike(panel, { name: 'fetch started' })).toEqual([])
  await waitForLive(panel, 'cleared')
  await startFetch(page, 'later')
  await waitForRow(panel, { fetch: 'later', name: 'fetch started' })
  expect(await rejections()).toEqual([])
})

test('Stop worker stops it', async () => {
  const { page, panel } = await bench.openNewTab('/blank.html')
  const rejections = await watchRejections(panel)
  await registerWorker(page)
  await setTrace(panel, true)
  await waitForWorker(panel)
  await pressAsItStops(panel, 'Stop worker')
  await waitForRow(panel, { source: 'worker', name: 'worker stopped' })
  expect(await rejections()).toEqual([])
  await setTrace(panel, false)
  await page.close()
})

inFullRun('the switch of the tracer switches it', async () => {
  const { page, panel } = await bench.openNewTab('/blank.html')
  const rejections = await watchRejections(panel)
  const tracing = async () => (await rowsLike(panel, { name: 'tracing' })).length
  await registerWorker(page)
  await waitForWorker(panel)
  const before = await tracing()
  await pressAsItStops(panel, 'Trace service worker')
  await waitForRow(panel, { name: 'tracing interrupted' })
  // What the background does next it does for a panel that wants no tracing.
  await startFetch(page, 'untraced')
  await waitForRow(panel, { fetch: 'untraced', name: 'fetch started' })
  expect(await tracing()).toBe(before)
  await waitForNoWorker(panel)
  await pressAsItStops(panel, 'Trace service worker')
  await waitForWorker(panel)
  expect(await tracing()).toBe(before + 1)
  expect(await rejections()).toEqual([])
  await page.close()
})

inFullRun('Delete deletes a recording', async () => {
  const { panel } = await bench.openTab('/blank.html')
  const rejections = await watchRejections(panel)
  await emptyList(panel)
  await setRecording(panel, true)
  await setRecording(panel, false)
  await openList(panel)
  await eventually(() => listed(panel)).toHaveLength(1)
  await deleteAll(panel, pressAsItStops)
  expect(await rejections()).toEqual([])
})

inFullRun('the list of recordings opens', async () => {
  const { panel } = await bench.openTab('/blank.html')
  const rejections = await watchRejections(panel)
  await pressAsItStops(panel, 'Saved recordings')
  await waitForText(panel, /Nothing yet/)
  expect(await rejections()).toEqual([])
})

inFullRun('the requests of a fetch are read', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  const rejections = await watchRejections(panel)
  await registerWorker(page)
  await startFetch(page, 'read')
  await waitForLive(panel, 'read')
  await pressAsItStops(panel, 'read')
  await eventually(() => panel.$$('section[aria-label="Requests"] tbody tr')).toHaveLength(1)
  expect(await rejections()).toEqual([])
})
