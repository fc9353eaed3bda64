import type { ElementHandle, Frame } from 'puppeteer-core'
import { vi } from 'vitest'
import { PATIENCE } from './panel'
import { waitForElement } from './quick-queries'
import { logRows, printedLog } from './rows'

/** The button with this accessible name. */
export async function button(panel: Frame, name: string): Promise<ElementHandle<HTMLButtonElement>> {
  const find = (name: string) =>
    [...document.querySelectorAll('button')].find(
      (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent) === name,
    )
  const found = await waitForElement(panel, find, name)
  if (found) return found as ElementHandle<HTMLButtonElement>
  throw new Error(`No button ${name}. The log:\n${printedLog(await logRows(panel))}`)
}

/** Shows only the rows of the log that fit, as its filter reads them. */
export const filterLog = (panel: Frame, text: string): Promise<void> =>
  panel.$eval(
    'input[type="search"]',
    (field, text) => {
      ;(field as HTMLInputElement).value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    text,
  )

export const abortButton = (panel: Frame, id: string) => button(panel, `Abort ${id}`)

/** Presses the button with this accessible name. By mouse and by keyboard: see the tests of Abort. */
export async function press(panel: Frame, name: string): Promise<void> {
  await vi.waitFor(async () => {
    const pressed = await (await button(panel, name)).evaluate((it) => {
      if (it.disabled || !it.isConnected) return false
      it.click()
      return true
    })
    if (!pressed) throw new Error(`The button ${name} is disabled.`)
  }, PATIENCE)
}

/**
 * The same with the mouse. The browser routes it by what it has drawn, which may be older than what the
 * document says: so the pointer must have arrived at the button before.
 */
export async function pressWithMouse(panel: Frame, name: string): Promise<void> {
  const target = await vi.waitFor(async () => {
    const found = await button(panel, name)
    await found.hover()
    if (await found.evaluate((it) => it.matches(':enabled:hover'))) return found
    throw new Error(`The pointer does not get to the button ${name}.`)
  }, PATIENCE)
  await target.click()
}

/** Shows the data of the row of this name, or hides it, with its chevron. */
export const toggleRow = (panel: Frame, name: string): Promise<void> =>
  panel.$$eval(
    '[data-row]',
    (rows, name) =>
      rows
        .find((row) => row.querySelector('b')?.textContent === name)
        ?.querySelector<HTMLElement>('[data-open]')
        ?.click(),
    name,
  )

export const pressAbort = (panel: Frame, id: string) => press(panel, `Abort ${id}`)
