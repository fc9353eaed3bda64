import type { Frame, Page } from 'puppeteer-core'
import { startFetch } from '../browser/fetch'
import type { Scene } from './scene'
import { home, moved, said, select } from './steps'

async function openMenuOfFetch(page: Page, panel: Frame): Promise<void> {
  await startFetch(page, { id: 'salt-roads', bytes: 9_000_000, rate: 400_000 })
  await moved(panel, 'salt-roads', 300_000)
  await panel.locator('tr[data-id="salt-roads"]').click({ button: 'right' })
  await panel.locator(':popover-open [role="menuitem"]').wait()
}

/** The menu of an active fetch, and an event that was dispatched with it. */
export const synthetic: readonly Scene[] = [
  { name: 'synthetic-menu', url: home, play: openMenuOfFetch },
  {
    name: 'synthetic-log',
    url: home,
    async play(page, panel) {
      await openMenuOfFetch(page, panel)
      await panel.locator(':popover-open [aria-label="Dispatch synthetic backgroundfetchclick"]').click()
      await said(panel, /backgroundfetchclick done/)
      await select(panel, 'salt-roads')
    },
  },
]
