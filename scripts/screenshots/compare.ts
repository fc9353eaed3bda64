import type { Frame, Page } from 'puppeteer-core'
import { until } from '../browser/until'
import type { Scene } from './scene'
import { abort, home, startNightFerry } from './steps'

/** Opens the dialog from the menu of the first row of the table. */
async function openComparison(panel: Frame): Promise<void> {
  await panel.$eval('tr[data-fetch]', (row) =>
    row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })),
  )
  await panel.locator('[role="menuitem"][aria-label="Compare with…"]').click()
  await panel.waitForSelector('dialog[open] [data-compare-summary]')
}

/** One fetch twice, aborted first with one handler and then with the other. */
const twice = (
  name: string,
  first: string,
  second: string,
  more?: (page: Page, panel: Frame) => Promise<void>,
): Scene => ({
  name,
  url: home,
  async play(page, panel) {
    await startNightFerry(page, panel, first)
    await abort(panel, 'night-ferry')
    await startNightFerry(page, panel, second)
    await abort(panel, 'night-ferry')
    // The log shows the verdict of the first one already.
    await until('both verdicts', () =>
      panel.$$eval(
        'tr[data-fetch] td[data-column="verdict"]',
        (cells) => cells.length > 1 && !cells.some((cell) => /so far|pending/.test(cell.textContent ?? '')),
      ),
    )
    await openComparison(panel)
    await more?.(page, panel)
  },
})

/** Two fetches side by side. */
export const comparisons: readonly Scene[] = [
  twice('compare', 'forget-rows', 'keep'),
  twice('compare-steps', 'keep', 'slow', async (_, panel) => {
    await panel.$eval('dialog[open] table', (table) => {
      const box = table.parentElement
      if (box) box.scrollTop = box.scrollHeight
    })
  }),
]
