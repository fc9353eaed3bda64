import type { Frame } from 'puppeteer-core'
import { press } from './press'

/** A moment with the state of the worker, as the dialog names it: `at once: Worker running`. */
export type Choice = string

/** Opens the dialog of a series for the fetch of this ID from the details, and switches on these runs and no others. */
export async function planSeries(panel: Frame, id: string, choices: readonly Choice[]): Promise<void> {
  await panel.$eval(`tr[data-id="${id}"]`, (row) => {
    if (row.getAttribute('aria-selected') !== 'true') (row as HTMLElement).click()
  })
  await press(panel, 'Abort at each moment…')
  await panel.waitForSelector('dialog[open] table input')
  const boxes = await panel.$$('dialog[open] table input')
  for (const box of boxes) {
    await box.evaluate((input, choices) => {
      const { ariaLabel, checked } = input as HTMLInputElement
      if (checked !== choices.includes(ariaLabel ?? '')) (input as HTMLElement).click()
    }, choices)
  }
}

/** The cells of the grid by their moment, in the order of the columns, each with all that it says. */
export const gridOf = (panel: Frame): Promise<Record<string, string[]>> =>
  panel.$$eval('section[aria-label="Abort series"] table tbody tr', (rows) =>
    Object.fromEntries(
      rows.map((row) => [
        row.getAttribute('data-moment') ?? '',
        [...row.querySelectorAll('td')].map((cell) =>
          (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
        ),
      ]),
    ),
  )

/** The sentence over the grid; '' where there is none. */
export const summaryOf = (panel: Frame): Promise<string> =>
  panel.$$eval('[data-series-summary]', ([first]) => first?.textContent ?? '')
