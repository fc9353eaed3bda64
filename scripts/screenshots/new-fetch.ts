import type { Frame } from 'puppeteer-core'
import { startRequests } from '../browser/fetch'
import type { Scene } from './scene'
import { chooseIn, home, said, select } from './steps'

const openDialog = (panel: Frame) => chooseIn(panel, 'More options', 'New fetch…')

/** Writes into the field of requests, and adds an example of a POST by its button. */
async function write(panel: Frame, requests: string): Promise<void> {
  await panel.locator('dialog[open] textarea').fill(requests)
  await panel.locator('dialog[open] button::-p-text(Add POST request)').click()
}

/** The dialog that starts a fetch. */
export const newFetch: readonly Scene[] = [
  { name: 'new-fetch', url: home, play: (_, panel) => openDialog(panel) },
  {
    name: 'new-fetch-warning',
    url: home,
    async play(_, panel) {
      await openDialog(panel)
      await write(panel, 'fetch("https://other.example/", { "method": "PUT" })')
      await said(panel, /needs a CORS preflight/)
    },
  },
  {
    name: 'new-fetch-wrong',
    url: home,
    async play(_, panel) {
      await openDialog(panel)
      await write(panel, '/media/a b.wav\nfetch("/a", { "headers": { "Cookie": "a=b" } })')
      await panel.locator('dialog[open] [inputmode="numeric"]').fill('12 MB')
      await panel.locator('dialog[open] button[type="submit"]').click()
      await said(panel, /is not allowed/)
    },
  },
  {
    name: 'new-fetch-repeat',
    url: home,
    async play(page, panel) {
      await startRequests(page, 'salt-roads', ['/media/chapter-2.wav?size=9000000&rate=300000'])
      await said(panel, /progress/)
      await select(panel, 'salt-roads')
      await panel.locator('[aria-label="Repeat…"]').click()
      await panel.locator('dialog[open] button::-p-text(Edit…)').click()
      await panel.locator('dialog[open] textarea').wait()
    },
  },
]
