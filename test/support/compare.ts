import type { Frame, Page } from 'puppeteer-core'
import { vi } from 'vitest'
import { PATIENCE } from './panel'

/** What the dialog shows: its summary, and its lines by their group; each cell as it is shown. */
export interface ShownComparison {
  readonly summary: string
  readonly a: string
  readonly facts: Readonly<Record<string, readonly string[]>>
  readonly groups: Readonly<Record<string, readonly string[]>>
}

/** Opens the menu of an element with its keys. */
export async function openMenuOf(devtools: Page, panel: Frame, selector: string): Promise<void> {
  await panel.focus(selector)
  await devtools.keyboard.down('Shift')
  await devtools.keyboard.press('F10')
  await devtools.keyboard.up('Shift')
}

/** Chooses the first entry of the open menu whose name fits, with the keyboard. */
export async function chooseEntry(devtools: Page, panel: Frame, name: RegExp): Promise<void> {
  await vi.waitFor(async () => {
    const found = await panel.evaluate((source) => {
      const focused = document.activeElement?.getAttribute('aria-label') ?? ''
      return new RegExp(source).test(focused)
    }, name.source)
    if (found) return
    await devtools.keyboard.press('ArrowDown')
    throw new Error(`No entry ${name} has the focus.`)
  }, PATIENCE)
  await devtools.keyboard.press('Enter')
  await panel.waitForSelector('dialog[open] [data-compare-summary]')
}

/** Reads the dialog that compares two fetches. */
export const shownComparison = (panel: Frame): Promise<ShownComparison> =>
  panel.$eval('dialog[open]', (dialog) => {
    const line = (element: Element | null) =>
      (element as HTMLElement | null)?.innerText.replace(/\s+/g, ' ').trim() ?? ''
    const cells = (row: Element) => [...row.querySelectorAll('td')].slice(0, 2).map(line)
    const rows = (part: Element) => [...part.querySelectorAll('tr[data-group]')]
    const name = (row: Element) => line(row.querySelector('th'))
    const groups: Record<string, string[]> = {}
    for (const part of dialog.querySelectorAll('tbody[data-group]')) {
      const all = rows(part).map((row) => [name(row), ...cells(row)].join(' | '))
      const group = part.getAttribute('data-group') ?? ''
      groups[group] = [...(groups[group] ?? []), ...all]
    }
    const facts = dialog.querySelector('[data-part="facts"]')
    return {
      summary: line(dialog.querySelector('[data-compare-summary]')),
      a: line(dialog.querySelector('p')),
      facts: Object.fromEntries(facts ? rows(facts).map((row) => [name(row), cells(row)]) : []),
      groups,
    }
  })
