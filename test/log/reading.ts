import type { Frame } from 'puppeteer-core'
import { waitForRow } from '../support/panel'
import { toggleRow } from '../support/press'

/** Opens the row of this name to its data, with its chevron. */
export async function expand(panel: Frame, name: string): Promise<void> {
  await waitForRow(panel, { name })
  await toggleRow(panel, name)
  await panel.waitForSelector('[role="tree"]')
}

/** What scrolls. */
export const scroller = '[aria-label="Event log"] [role="rowgroup"]'

/** What the button says that goes to the end of the log, where there is one. */
export const latest = (panel: Frame) =>
  panel.$$eval('button', (all) =>
    all
      .map(({ textContent }) => textContent ?? '')
      .filter((text) => /new rows?$|^Jump to latest$/.test(text)),
  )
