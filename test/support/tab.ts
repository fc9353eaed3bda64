import type { Frame, Page } from 'puppeteer-core'
import { expect, vi } from 'vitest'
import { type OpenPanel, openPanel, showAllLevels } from '../../scripts/browser/panel'
import { recordNotices } from './notices'
import { makeQueriesQuick } from './quick-queries'
import { liveRows } from './rows'
import { clearLog } from './trace'
import { within } from './within'

/** A page with DevTools open on it and the Background Fetch tab in front. */
export interface Tab extends OpenPanel {
  readonly page: Page
}

/** High enough for all rows of a test's log to be drawn. */
const WINDOW = { width: 1300, height: 1500 }
const PATIENCE = { timeout: 15_000, interval: 50 }

/** Makes the window high enough for the whole log, and waits until the log has drawn what fits in. */
async function makeTall({ devtools, panel }: OpenPanel): Promise<void> {
  await devtools.setViewport(WINDOW)
  await recordNotices(panel)
  await panel.evaluate(
    (height) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (innerHeight < height) requestAnimationFrame(look)
          else requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
        }
        look()
      }),
    WINDOW.height - 200,
  )
}

/** Opens the panel in a window that is high enough for the whole log, with the rows of all levels. */
export async function openTallPanel(page: Page): Promise<OpenPanel> {
  const opened = await openPanel(page)
  makeQueriesQuick(opened.panel)
  await showAllLevels(opened.panel)
  await makeTall(opened)
  return opened
}

/** Loads the panel's document anew, and with it all that it remembers. */
export async function reloadPanel(panel: Frame): Promise<void> {
  await panel.evaluate(() => {
    Object.assign(globalThis, { before: true })
    // After the answer: a document that goes at once may never give it.
    setTimeout(() => location.reload())
  })
  await vi.waitFor(async () => {
    const ready = await panel.evaluate(
      () => !('before' in globalThis) && document.querySelector('[role="treegrid"]') !== null,
    )
    if (!ready) throw new Error('The panel does not come back.')
  }, PATIENCE)
}

/**
 * Ends what still runs in a tab that a test leaves, and leaves its page; says whether other tests can have it.
 * Chromium may never answer who takes away an origin's data while a fetch of it is just being aborted.
 */
export async function leave({ page, devtools, panel }: Tab): Promise<boolean> {
  if (page.isClosed() || devtools.isClosed()) return false
  await panel.$$eval('[aria-label="Past session"] button', ([back]) =>
    (back as HTMLElement | undefined)?.click(),
  )
  await panel.$$eval('button', (all) => all.find((one) => one.textContent === 'Abort all')?.click())
  const ended = async () => {
    const rows = await liveRows(panel)
    // Nobody will see such a fetch end.
    return rows.length === 0 || rows.some(({ state }) => state === 'not observed')
  }
  await expect.poll(ended, PATIENCE).toBe(true)
  if ((await liveRows(panel)).length > 0) return false
  await page.goto('about:blank')
  return true
}

/** Makes a tab that a test has left as good as new, on another page. */
export async function renew(tab: Tab, url: string): Promise<void> {
  await within('loading the panel anew', reloadPanel(tab.panel))
  await showAllLevels(tab.panel)
  // Its first rows come with its connection; a command that is given before waits for that.
  await within('connecting the panel', tab.panel.waitForSelector('[data-row]'))
  await within('making the window tall', makeTall(tab))
  await within('clearing the log', clearLog(tab.panel))
  await tab.page.goto(url)
}
