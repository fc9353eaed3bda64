import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'puppeteer-core'
import type { Demo } from '../demo/server/index'
import { type Full, fillStorage } from '../scripts/browser/fill-storage'
import { launch } from '../scripts/browser/launch'
import { openPanel } from '../scripts/browser/panel'
import { recordedEvents } from '../scripts/browser/recorded'
import { until } from '../scripts/browser/until'
import { openIdlePage } from './idle-page'

/** What reading a large storage costs the page. */
export interface StorageCost extends Full {
  /** Longest time between two turns of the page's main thread while a fetch is aborted, panel never shown: ms. */
  readonly without: number
  /** The same with the panel in front, until the storage was compared. */
  readonly with: number
  /** Milliseconds that one reading of the storage took, at most. */
  readonly reading: number
}

/** Notes the longest time between two turns of the page's main thread. */
const WATCH_GAPS = `(() => {
  globalThis.benchGap = 0
  let last = performance.now()
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const at = performance.now()
    benchGap = Math.max(benchGap, at - last)
    last = at
    setTimeout(() => port2.postMessage(0), 1)
  }
  port2.postMessage(0)
})()`

/** Starts a fetch and aborts it a second later, with the page's own means. */
const FETCH = `(async (id) => {
  const { backgroundFetch } = await navigator.serviceWorker.ready
  const registration = await backgroundFetch.fetch(id, ['/media/' + id + '.wav?size=3000000&rate=400000'])
  await new Promise((resolve) => setTimeout(resolve, 1000))
  await registration.abort()
})`

async function gapWhile(page: Page, what: () => Promise<unknown>): Promise<number> {
  await page.evaluate('globalThis.benchGap = 0')
  await what()
  return (await page.evaluate('benchGap')) as number
}

/** Aborts a fetch of an origin whose storage is large, without the panel and with it. */
export async function measureStorage(demo: Demo, full: Full): Promise<StorageCost> {
  const { browser, close } = await launch()
  try {
    const page = await openIdlePage(browser, demo.url)
    await fillStorage(page, full)
    await page.evaluate(WATCH_GAPS)
    const without = await gapWhile(page, async () => {
      await page.evaluate(`${FETCH}('storage-without')`)
      await sleep(3000)
    })
    const { panel } = await openPanel(page)
    const snapshots = async () =>
      (await recordedEvents(panel)).flatMap(({ body }) => (body.type === 'storage-snapshot' ? [body] : []))
    const withPanel = await gapWhile(page, async () => {
      await until('a baseline', async () =>
        (await recordedEvents(panel)).some(({ body }) => body.type === 'storage-baseline'),
      )
      await page.evaluate(`${FETCH}('storage-with')`)
      await until('the last snapshot', async () => (await snapshots()).some(({ when }) => when === 'final'))
    })
    const reading = Math.max(...(await snapshots()).map(({ took }) => took))
    return { ...full, without, with: withPanel, reading }
  } finally {
    await close()
  }
}
