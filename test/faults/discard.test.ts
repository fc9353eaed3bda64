import type { Page } from 'puppeteer-core'
import { useBench } from '../support/harness'
import { eventually, waitForRow } from '../support/panel'
import { inExtension, tabIdOf } from '../support/trace'
import { testFaults } from './run'
import { type Scene, showAll } from './scene'

// Chromium gives a tab that it discards another identity.
const bench = useBench({ own: true })

/** The tab is recorded, and nobody looks: the browser discards no tab with DevTools. */
async function discard({ host, tab }: Scene): Promise<void> {
  const id = await tabIdOf(host.browser, tab.page)
  await tab.panel.evaluate(() => {
    const labels = [...document.querySelectorAll('label')]
    labels.find(({ textContent }) => textContent === 'Keep recording this tab')?.click()
  })
  await waitForRow(tab.panel, { name: 'keep recording' })
  await tab.devtools.close()
  await inExtension(host.browser, `chrome.tabs.discard(${id}).then(() => true)`)
}

/** A person comes back to it: the browser loads the page anew. */
async function comeBack(scene: Scene): Promise<void> {
  const { host, site } = scene
  const pages = async (): Promise<Page[]> =>
    (await host.browser.pages()).filter((page) => page.url() === site.url && page !== scene.other)
  await eventually(async () => (await pages()).length).toBe(1)
  const [page] = await pages()
  if (!page) throw new Error('The tab is gone.')
  await page.bringToFront()
  await eventually(() => page.evaluate('document.readyState')).toBe('complete')
  scene.tab = await host.reopen({ ...scene.tab, page })
  scene.document = page
  await showAll(scene.tab)
}

testFaults(
  {
    'the tab is recorded without DevTools and discarded': {
      onlyInFullRun: true,
      newTab: true,
      strike: discard,
      recover: comeBack,
    },
  },
  bench,
)
