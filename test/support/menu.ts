import type { Frame, Page } from 'puppeteer-core'
import { vi } from 'vitest'
import { PATIENCE } from './panel'

/** The names of the entries of the menu that is open. */
export const menuEntries = (panel: Frame) =>
  panel.$$eval(':popover-open [role="menuitem"]', (all) => all.map((one) => one.getAttribute('aria-label')))

/** The tooltips of its entries that are disabled. */
export const disabledReasons = (panel: Frame) =>
  panel.$$eval(':popover-open [role="menuitem"]:disabled', (all) =>
    all.map((one) => one.getAttribute('title')),
  )

/** Chooses an entry of the menu that is open. */
export const chooseEntry = (panel: Frame, label: string) =>
  panel.$$eval(
    ':popover-open [role="menuitem"]',
    (all, label) =>
      all
        .find((one) => one.getAttribute('aria-label') === label)
        ?.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    label,
  )

/** The keys that open the menu of what has the focus. */
export type MenuKey = 'Shift+F10' | 'ContextMenu'

/** Opens the menu of what has the focus with a key. */
export async function openMenuByKey(devtools: Page, key: MenuKey = 'Shift+F10'): Promise<void> {
  if (key === 'ContextMenu') return devtools.keyboard.press(key)
  await devtools.keyboard.down('Shift')
  await devtools.keyboard.press('F10')
  await devtools.keyboard.up('Shift')
}

/** Opens the menu of a fetch of the table, and waits until it has that entry. */
export async function openFetchMenu(
  { devtools, panel }: { readonly devtools: Page; readonly panel: Frame },
  id: string,
  label: string,
): Promise<void> {
  await panel.focus(`tr[data-id="${id}"]`)
  await openMenuByKey(devtools)
  await vi.waitFor(async () => {
    const entries = await menuEntries(panel)
    if (!entries.includes(label)) throw new Error(`No ${label} in the menu of ${id}: ${entries.join(', ')}`)
  }, PATIENCE)
}
