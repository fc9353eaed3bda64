import type { Frame, Page } from 'puppeteer-core'
import { startRequests } from '../browser/fetch'
import type { Scene } from './scene'
import { abort, choose, home, said, select, storageKnown } from './steps'

/** A fetch that was aborted after one of its responses, and has left a row. */
async function leaveRow(page: Page, panel: Frame): Promise<void> {
  await choose(page, 'between')
  await page.reload()
  await storageKnown(panel)
  await startRequests(page, 'salt-roads', [
    '/media/chapter-1.wav?size=200000&rate=0',
    '/media/chapter-2.wav?size=9000000&rate=300000',
  ])
  await said(panel, /progress/)
  await abort(panel, 'salt-roads')
}

/** What an abort has left, copied as a test. */
export const copyTest: readonly Scene[] = [
  {
    name: 'copy-test',
    url: home,
    async play(page, panel) {
      await leaveRow(page, panel)
      await select(panel, 'salt-roads')
    },
  },
  {
    name: 'copy-test-menu',
    url: home,
    async play(page, panel) {
      await leaveRow(page, panel)
      await panel.$eval('tr[data-id="salt-roads"]', (row) => {
        const { left, bottom } = row.getBoundingClientRect()
        const at = { clientX: left + 40, clientY: bottom - 4, button: 2, bubbles: true, cancelable: true }
        row.dispatchEvent(new MouseEvent('contextmenu', at))
      })
    },
    leave: (panel) => panel.$eval(':popover-open', (menu) => (menu as HTMLElement).hidePopover()),
  },
]
