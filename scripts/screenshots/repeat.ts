import type { Frame, Page } from 'puppeteer-core'
import { startRequests } from '../browser/fetch'
import type { Scene } from './scene'
import { home, said, select } from './steps'

/** Opens the dialog that repeats a fetch, and chooses that it is to fail. */
async function chooseBadStatus(page: Page, panel: Frame): Promise<void> {
  await startRequests(page, 'salt-roads', ['/media/chapter-1.wav?size=200000&rate=0'])
  await said(panel, /records released/)
  await select(panel, 'salt-roads')
  await panel.locator('[aria-label="Repeat…"]').click()
  await panel.locator('dialog[open] select').wait()
  await panel.select('dialog[open] select', 'bad-status')
}

/** A fetch that is started again. */
export const repeat: readonly Scene[] = [
  {
    name: 'repeat',
    url: home,
    async play(page, panel) {
      await startRequests(page, 'salt-roads', [
        '/media/chapter-1.wav?size=200000&rate=0',
        '/media/chapter-2.wav?size=9000000&rate=300000',
      ])
      await said(panel, /progress/)
      await select(panel, 'salt-roads')
      await panel.locator('[aria-label="Repeat…"]').click()
      await panel.locator('dialog[open] input[required]').wait()
    },
  },
  {
    name: 'repeat-ending',
    url: home,
    async play(page, panel) {
      await chooseBadStatus(page, panel)
    },
  },
  {
    name: 'made-to-fail',
    url: home,
    async play(page, panel) {
      await chooseBadStatus(page, panel)
      await panel.locator('dialog[open] button[type="submit"]').click()
      await said(panel, /bad-status · panel|settled: failure/)
    },
  },
]
