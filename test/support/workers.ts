import type { Frame, Page } from 'puppeteer-core'
import type { Bench } from './harness'
import { registerWorker } from './page'
import { eventually } from './panel'
import type { Tab } from './tab'
import { setTrace, waitForWorker } from './trace'

/** Registers a worker of test/fixtures, and waits until it is active. */
export const register = (page: Page, script: string) =>
  page.evaluate(async (script) => {
    await navigator.serviceWorker.register(script)
    await navigator.serviceWorker.ready
  }, script)

/** What the list of workers shows of the listeners to each event. */
export const handlers = (panel: Frame) =>
  eventually(() =>
    panel.$$eval('[aria-label="Service workers"] [data-listens]', (ticks) =>
      ticks.map((tick) => tick.textContent),
    ),
  )

/** Opens a page whose worker was started before the tracer, which knows what its script mentions. */
export async function openStartedBefore(bench: Bench): Promise<Tab> {
  const tab = await bench.openTab('/blank.html')
  const { page, panel } = tab
  await setTrace(panel, false)
  await registerWorker(page, { handler: 'none' })
  await setTrace(panel, true)
  await waitForWorker(panel)
  // The demo's modules have handlers that this worker does not install.
  await handlers(panel).toEqual(['abort (in script)', 'success (in script)', 'fail (in script)'])
  return tab
}

/** Opens the menu of a worker. */
export async function openWorkerMenu(panel: Frame): Promise<void> {
  const button = await panel.waitForSelector('[aria-label="Service workers"] [aria-haspopup="menu"]')
  await button?.evaluate((it) => (it as HTMLElement).click())
}

/** Chooses a line of the worker's menu, wherever it is: what stands above it comes and goes. */
export async function chooseForWorker(panel: Frame, line: string): Promise<void> {
  await openWorkerMenu(panel)
  const entry = await panel.waitForSelector(`:popover-open [aria-label="${line}"]`)
  await entry?.evaluate((it) => (it as HTMLElement).click())
}

/** What the list of workers says of what was asked for. */
export const answered = (panel: Frame) =>
  eventually(() =>
    panel.$eval(
      '[aria-label="Service workers"]',
      (list) => list.querySelector('[role="status"]')?.textContent,
    ),
  )
