import type { Frame, Page } from 'puppeteer-core'
import { startRequests } from '../browser/fetch'
import type { Scene } from './scene'
import { abort, choose, home, said, select, storageKnown } from './steps'

/** A fetch of three requests, the last of which takes long, was aborted, and the dialog of its series is open. */
async function openDialog(page: Page, panel: Frame, handler: string): Promise<void> {
  await choose(page, handler)
  await page.reload()
  await storageKnown(panel)
  const files = ['chapter-1', 'chapter-2', 'chapter-3']
  const urls = files.map((file, i) => `/media/${file}.wav?size=${[200_000, 600_000, 900_000][i]}&rate=200000`)
  await startRequests(page, 'salt-roads', urls, 1_700_000)
  await said(panel, /progress/)
  await select(panel, 'salt-roads')
  await abort(panel, 'salt-roads')
  const button = await panel.waitForSelector('[aria-label="Abort at each moment…"]')
  await button?.evaluate((one) => (one as HTMLElement).click())
  await panel.waitForSelector('dialog[open] table')
}

const start = (panel: Frame) =>
  panel.$eval('dialog[open] button[type="submit"]', (button) => (button as HTMLElement).click())

/** An abort series: its dialog, while it runs, and its end. */
export const abortSeries: readonly Scene[] = [
  {
    name: 'series-dialog',
    url: home,
    play: (page, panel) => openDialog(page, panel, 'keep'),
  },
  {
    name: 'series-running',
    url: home,
    async play(page, panel) {
      await openDialog(page, panel, 'between')
      await start(panel)
      await said(panel, /3 of 12 runs clean/)
      await panel.locator('::-p-text(downloading…)').wait()
    },
    async leave(panel) {
      await panel.$eval('[data-series-line] > span:last-child button:last-child', (button) =>
        (button as HTMLElement).click(),
      )
      await said(panel, /stopped in the panel/)
    },
  },
  {
    name: 'series-done',
    url: home,
    async play(page, panel) {
      await openDialog(page, panel, 'between')
      await start(panel)
      await panel.waitForFunction(() => /all runs are over/.test(document.body.innerText), {
        timeout: 240_000,
      })
    },
  },
]
