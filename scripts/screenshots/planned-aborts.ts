import type { Frame, Page } from 'puppeteer-core'
import { startFetch } from '../browser/fetch'
import type { Scene } from './scene'
import { chooseIn, home, moved, said, storageKnown } from './steps'

/** Plans an abort with the dialog that is open. */
const save = (panel: Frame) => panel.locator('dialog[open] button[type="submit"]').click()

async function twoFetches(page: Page, panel: Frame): Promise<void> {
  await startFetch(page, { id: 'salt-roads', bytes: 9_000_000, rate: 400_000 })
  await startFetch(page, { id: 'valley-clock', bytes: 9_000_000, rate: 400_000 })
  await moved(panel, 'salt-roads', 500_000)
}

const openDialog = (panel: Frame, id: string) =>
  panel.$eval(`[aria-label="Abort ${id} at…"]`, (button) => (button as HTMLElement).click())

/** Aborts that were planned, and the dialog that plans them. */
export const plannedAborts: readonly Scene[] = [
  {
    name: 'planned',
    url: home,
    async play(page, panel) {
      await chooseIn(panel, 'More options', 'Abort next fetch at…')
      await panel.locator('dialog[open] input[required]').fill('map-*')
      await save(panel)
      await said(panel, /for the next fetch/)
      await twoFetches(page, panel)
      await openDialog(panel, 'salt-roads')
      await panel.locator('dialog[open] [aria-label="Amount"]').fill('80')
      await save(panel)
      await said(panel, /at 80%/)
      await openDialog(panel, 'valley-clock')
      await panel.locator('dialog[open] [aria-label="responses"]').click()
      await save(panel)
      await said(panel, /after 1 response/)
    },
  },
  {
    name: 'planned-dialog',
    url: home,
    async play(page, panel) {
      await twoFetches(page, panel)
      await openDialog(panel, 'salt-roads')
      await panel.locator('dialog[open]').wait()
    },
  },
  {
    name: 'planned-next',
    url: home,
    play: (_, panel) => chooseIn(panel, 'More options', 'Abort next fetch at…'),
  },
  {
    name: 'planned-fired',
    url: home,
    async play(page, panel) {
      await storageKnown(panel)
      await startFetch(page, { id: 'salt-roads', bytes: 3_000_000, rate: 700_000 })
      await moved(panel, 'salt-roads', 300_000)
      await openDialog(panel, 'salt-roads')
      await save(panel)
      await said(panel, /aborted at/)
      await said(panel, /verdict: (?!.* so far)/)
    },
  },
]
