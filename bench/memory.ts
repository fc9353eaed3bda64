import type { Browser, CDPSession, Frame } from 'puppeteer-core'
import type { Demo } from '../demo/server/index'
import { launch } from '../scripts/browser/launch'
import { openPanel } from '../scripts/browser/panel'
import { until } from '../scripts/browser/until'
import { openIdlePage } from './idle-page'

/** Bytes of JavaScript that are in use after so many aborts, with a cleared log. */
export interface Heaps {
  readonly aborts: number
  readonly panel: number
  readonly background: number
  readonly page: number
}

const used = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

/** The same in a frame whose session Puppeteer keeps to itself. */
const HEAP = 'gc(), gc(), performance.memory.usedJSHeapSize'

const sessionOf = async (browser: Browser, type: string, url: string): Promise<CDPSession> =>
  (
    await browser.waitForTarget((target) => String(target.type()) === type && target.url().startsWith(url))
  ).createCDPSession()

/** Runs in the page: fetches and aborts, one after the other. */
const ABORTS = `async (from, count) => {
  const { backgroundFetch } = await navigator.serviceWorker.ready
  for (let i = from; i < from + count; i++) {
    const registration = await backgroundFetch.fetch('memory-' + i, ['/media/m.wav?size=60000000&rate=300000'])
    await new Promise((resolve) => setTimeout(resolve, 30))
    await registration.abort()
  }
}`

async function clear(panel: Frame): Promise<void> {
  await panel.$$eval('button', (all) =>
    all.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === 'Clear log')?.click(),
  )
  await until('an empty log', async () => (await panel.$$('[data-row]')).length < 5)
}

/** Aborts fetches over and over, and reads what is held after each part, when the log has been cleared. */
export async function measureMemory(demo: Demo, aborts: number, parts = 4): Promise<Heaps[]> {
  const { browser, close } = await launch({
    args: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
  })
  try {
    const page = await openIdlePage(browser, demo.url)
    const { panel } = await openPanel(page)
    await panel.waitForSelector('[aria-label^="Stop worker"]')
    const background = await sessionOf(browser, 'service_worker', 'chrome-extension://')
    const own = await page.createCDPSession()
    const heaps: Heaps[] = []
    for (let part = 0; part <= parts; part++) {
      const done = Math.round((aborts * part) / parts)
      const before = heaps.at(-1)?.aborts ?? 0
      if (done > before) await page.evaluate(`(${ABORTS})(${before}, ${done - before})`)
      // What is looked at later than the end is looked at by now.
      await new Promise((resolve) => setTimeout(resolve, 4000))
      await clear(panel)
      heaps.push({
        aborts: done,
        panel: (await panel.evaluate(HEAP)) as number,
        background: await used(background),
        page: await used(own),
      })
    }
    return heaps
  } finally {
    await close()
  }
}
