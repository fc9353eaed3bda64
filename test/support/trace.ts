import type { Browser, Frame, Page, Target } from 'puppeteer-core'
import { expect, vi } from 'vitest'
import { untilSeen } from './panel'
import { button, press } from './press'
import { waitForElement } from './quick-queries'
import { type LogRow, logRows, rowsLike } from './rows'

const PATIENCE = { timeout: 15_000, interval: 50 }

/** Switches the tracer, with the switch in the toolbar, and waits until it says so. */
export async function setTrace(panel: Frame, on: boolean): Promise<void> {
  const selector = '[role="switch"]'
  await panel.waitForSelector(selector)
  const is = await panel.$eval(selector, (input) => (input as HTMLInputElement).checked)
  if (is === on) return
  await panel.$eval(selector, (input) => (input as HTMLInputElement).click())
  const said = on ? /^tracing$/ : /^tracing (off|stopped)$/
  await untilSeen(panel, async () => {
    const names = (await logRows(panel)).map(({ name }) => name).filter((name) => /^tracing/.test(name))
    expect(names.at(-1) ?? '').toMatch(said)
  })
}

/** Waits until so many workers of the page are traced. */
export async function waitForWorkers(panel: Frame, count: number): Promise<void> {
  const find = (count: string) => document.querySelectorAll('[aria-label^="Stop worker"]')[Number(count) - 1]
  if (!(await waitForElement(panel, find, String(count)))) throw new Error(`No ${count} workers are traced.`)
}

/** Waits until a worker of the page is traced. */
export const waitForWorker = (panel: Frame): Promise<void> => waitForWorkers(panel, 1)

/**
 * Waits until the scripts of the page's worker were read: its calls are traced by then. An abort of a fetch that began before may
 * have been the worker's, as far as was observed.
 */
export async function waitForScripts(panel: Frame): Promise<void> {
  const find = () => {
    const ticks = [...document.querySelectorAll('[data-listens]')]
    return ticks.some(({ textContent }) => textContent?.endsWith('?')) ? null : ticks[0]
  }
  if (!(await waitForElement(panel, find, ''))) throw new Error('The scripts of no worker were read.')
}

/** Waits until the panel knows that no worker runs any more. */
export async function waitForNoWorker(panel: Frame): Promise<void> {
  const find = (buttons: string) => (document.querySelector(buttons) ? null : document.body)
  if (!(await waitForElement(panel, find, '[aria-label^="Stop worker"]')))
    throw new Error('A worker still runs.')
}

/** Stops the page's workers with their buttons in the panel, so that the next event starts one. */
export async function pressStop(panel: Frame): Promise<void> {
  await waitForWorker(panel)
  await panel.$$eval('[aria-label^="Stop worker"]', (buttons) => {
    for (const one of buttons) (one as HTMLElement).click()
  })
  await waitForNoWorker(panel)
}

/** Presses the fetch's Abort button wherever it is: the list of workers above it comes and goes. */
export async function pressAbortNow(panel: Frame, fetch: string): Promise<void> {
  await (await button(panel, `Abort ${fetch}`)).evaluate((element) => element.click())
}

/** Stops the page's workers as chrome://serviceworker-internals does; nothing of the extension takes part. */
export async function stopElsewhere(page: Page): Promise<void> {
  const cdp = await page.createCDPSession()
  const { origin } = new URL(page.url())
  const asked = new Set<string>()
  const running = new Set<string>()
  let complete = false
  const stopped = new Promise<void>((resolve) => {
    // Another site's worker may change before the browser has reported all that run: this site's registrations
    // come first.
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      complete ||= registrations.some(({ scopeURL }) => new URL(scopeURL).origin === origin)
    })
    cdp.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { scriptURL, runningStatus, versionId } of versions) {
        if (new URL(scriptURL).origin !== origin) continue
        if (runningStatus === 'stopped') running.delete(versionId)
        else if (!asked.has(versionId)) {
          asked.add(versionId)
          running.add(versionId)
          // One that has stopped by itself is no trouble.
          cdp.send('ServiceWorker.stopWorker', { versionId }).catch(() => {})
        }
      }
      if (complete && running.size === 0) resolve()
    })
  })
  await cdp.send('ServiceWorker.enable')
  await stopped
  await cdp.detach()
}

/** Stops the worker while nobody traces it: the tracer meets it before its next start. */
export async function stopUntraced(page: Page, panel: Frame): Promise<void> {
  await setTrace(panel, false)
  await stopElsewhere(page)
  await setTrace(panel, true)
}

/** How often a worker may be tried, as its script may run before the probe when DevTools resumes it: a limit that is known. */
export const TRIES = 5

/** @param isTraced tries a worker, and resolves with whether the probe came before its script */
export async function untilTraced(isTraced: () => Promise<boolean>): Promise<void> {
  for (let tries = 1; !(await isTraced()); tries++)
    expect(tries, 'The probe always came too late.').toBeLessThan(TRIES)
}

const workerTarget = (browser: Browser, url: string): Promise<Target> =>
  vi.waitFor(() => {
    const found = browser
      .targets()
      .filter((one) => one.type() === 'service_worker' && one.url().startsWith(url))
    const last = found.at(-1)
    if (!last) throw new Error(`No worker of ${url} is running.`)
    return last
  }, PATIENCE)

/** Evaluates an expression in the site's running worker, and leaves no connection to it behind. */
export async function inWorker<T>(browser: Browser, url: string, expression: string): Promise<T> {
  const cdp = await (await workerTarget(browser, url)).createCDPSession()
  try {
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  } finally {
    await cdp.detach().catch(() => {})
  }
}

/** Evaluates in the extension's own worker. */
export const inExtension = <T>(browser: Browser, expression: string): Promise<T> =>
  inWorker(browser, 'chrome-extension://', `(async () => ${expression})()`)

/** The tab's number for `chrome.debugger`. */
export const tabIdOf = (browser: Browser, page: Page): Promise<number> =>
  inExtension(
    browser,
    `(await chrome.tabs.query({})).find(({ url }) => url === ${JSON.stringify(page.url())}).id`,
  )

/** The extension's debugger is attached to the tab: it can send commands to it. */
export const isDebugged = async (browser: Browser, page: Page): Promise<boolean> =>
  inExtension(
    browser,
    `chrome.debugger
      .sendCommand({ tabId: ${await tabIdOf(browser, page)} }, 'Target.getTargetInfo')
      .then(() => true, () => false)`,
  )

/** The log from the row of that name on, without the storage's rows, progress and calls by the page, as `fetch source name`. */
export async function logFrom(panel: Frame, name: string): Promise<LogRow[]> {
  const rows = await logRows(panel)
  const start = rows.findIndex((row) => row.name === name)
  return rows
    .slice(start)
    .filter((row) => row.source !== 'storage' && !/^progress$|^abort\(\) called$/.test(row.name))
}

/** Rows of the worker's side that belong to the fetch. */
export const workerRows = (panel: Frame, fetch: string): Promise<LogRow[]> =>
  rowsLike(panel, { fetch, source: 'worker' })

/** Their names, in order, without the verdict: it may come between any two of them. */
export const workerStory = async (panel: Frame, fetch: string): Promise<string[]> =>
  (await workerRows(panel, fetch)).map(({ name }) => name).filter((name) => !name.startsWith('verdict'))

/** Clears the log, and waits until nothing of before is in it. */
export async function clearLog(panel: Frame): Promise<void> {
  const keys = () =>
    panel.$$eval('[data-row]', (rows) => rows.map((row) => Number(row.getAttribute('data-row'))))
  const last = Math.max(...(await keys()))
  await press(panel, 'Clear log')
  await untilSeen(panel, async () => expect((await keys()).filter((key) => key <= last)).toEqual([]))
}

/** What the bars of the waterfall are called, as the details pane of the fetch shows it. */
export async function waterfallOf(panel: Frame, fetch: string): Promise<string[]> {
  await panel.$$eval(
    '[aria-label="Event log"] [data-row] button',
    (buttons, fetch) => buttons.find((one) => one.textContent === fetch)?.click(),
    fetch,
  )
  await panel.waitForSelector('ul[aria-label="Waterfall"] li')
  return panel.$$eval('ul[aria-label="Waterfall"] li', (bars) =>
    bars.map((bar) => bar.firstElementChild?.textContent ?? ''),
  )
}

/** What is reported of an abort event whose handler calls `waitUntil()` once, with a promise that is fulfilled. */
export const HANDLED = [
  'backgroundfetchabort dispatched',
  'waitUntil() #1',
  'handler returned',
  'promise #1 fulfilled',
  'backgroundfetchabort done',
] as const
