import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTallPanel, registerWorker, startFetch, useBench } from './harness'
import { waitForLive, waitForRow } from './panel'
import { type Site, startSite } from './site'
import { pressAbortNow, pressStop, setTrace, stopUntraced, switchOff, waitForWorker } from './trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

async function openSite(): Promise<Page> {
  const page = await bench.openPage(site.url)
  await registerWorker(page, { script: '/observable.js', handler: '' })
  return page
}

/** Ends one fetch with an abort and one with success, and gives what the worker could observe. */
async function observe(page: Page, panel: Frame, prepare: () => Promise<void>): Promise<string[]> {
  await startFetch(page, 'aborted', ['/endless'])
  await waitForLive(panel, 'aborted')
  await prepare()
  await pressAbortNow(panel, 'aborted')
  await waitForRow(panel, { fetch: 'aborted', name: 'backgroundfetchabort over' })
  await startFetch(page, 'whole', ['/small'])
  const log = await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    const { port1, port2 } = new MessageChannel()
    return new Promise<string[]>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data)
      active?.postMessage('log', [port2])
    })
  })
  return log.map((line) => line.replaceAll(site.url, 'site/'))
}

/** What the worker observes when nobody traces it. */
async function untraced(): Promise<string[]> {
  await switchOff(bench)
  const page = await openSite()
  const { panel } = await openTallPanel(page)
  const log = await observe(page, panel, async () => {})
  await setTrace(panel, true)
  await page.close()
  await site.close()
  site = await startSite()
  return log
}

const traced: Record<string, (page: Page, panel: Frame) => Promise<void>> = {
  'from before its start': stopUntraced,
  'from its start': (_, panel) => pressStop(panel),
  'from its middle': async () => {},
}

for (const [when, prepare] of Object.entries(traced)) {
  test(`a worker that is traced ${when} on notices nothing`, async () => {
    const expected = await untraced()
    const page = await openSite()
    const { panel } = await openTallPanel(page)
    await waitForWorker(panel)
    const log = await observe(page, panel, () => prepare(page, panel))
    await waitForRow(panel, { name: 'waitUntil() refused', text: /The event handler is already finished/ })
    expect(log).toEqual(expected)
  })
}
