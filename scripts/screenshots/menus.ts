import type { Frame, Page } from 'puppeteer-core'
import type { Scene } from './scene'
import { home, moved, openMenu, said } from './steps'

/** Only a worker that runs is listed. */
const startWorker = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).active?.postMessage(null))

async function openWorkerMenu(page: Page, panel: Frame): Promise<void> {
  await startWorker(page)
  await said(panel, /abort (✓|\(in script\))/)
  await panel.locator('[aria-label="Service workers"] [aria-haspopup="menu"]').click()
}

/** Menus, and what they lead to. */
export const menus: readonly Scene[] = [
  {
    name: 'menu-record',
    url: home,
    play: (_, panel) => openMenu(panel, 'Record'),
  },
  {
    name: 'menu-worker',
    url: home,
    play: openWorkerMenu,
  },
  {
    name: 'unregister',
    url: home,
    async play(page, panel) {
      await openWorkerMenu(page, panel)
      await panel.locator(':popover-open [aria-label="Unregister…"]').click()
    },
  },
  {
    name: 'suggestions',
    url: home,
    async play(page, panel) {
      await page.locator('[aria-label="Download The Night Ferry"]').click()
      await moved(panel, 'night-ferry', 300_000)
      await panel.focus('input[type="search"]')
      await panel.$eval('input[type="search"]', (field) => {
        ;(field as HTMLInputElement).value = 'event:'
        field.dispatchEvent(new Event('input', { bubbles: true }))
      })
    },
  },
  {
    name: 'menu-more',
    url: home,
    play: (_, panel) => openMenu(panel, 'More options'),
  },
  {
    name: 'help',
    url: home,
    play: (_, panel) => panel.locator('[aria-label="Keyboard shortcuts"]').click(),
  },
]
