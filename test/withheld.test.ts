import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openTallPanel, registerWorker, startFetch, useBench } from './harness'
import { waitForLive, waitForRow, waitForText } from './panel'

const bench = useBench({ own: true })

/** Sets "Site access" as a person does on the extension's page. */
async function setHostAccess(access: 'ON_CLICK' | 'ON_ALL_SITES'): Promise<void> {
  const page: Page = await bench.browser.newPage()
  await page.goto('chrome://extensions/')
  const problem = await page.evaluate(`(async () => {
    const all = await chrome.developerPrivate.getExtensionsInfo()
    const { id } = all.find(({ name }) => name === 'Background Fetch DevTools')
    await chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, hostAccess: '${access}' })
    return ''
  })().catch(String)`)
  expect(problem).toBe('')
  await page.close()
}

test('where the person withholds access to sites the panel says so, and goes on once it is given back', async () => {
  await setHostAccess('ON_CLICK')
  const page = await bench.openPage('/blank.html')
  await registerWorker(page)
  await startFetch(page, 'withheld')
  const { panel } = await openTallPanel(page)
  await waitForRow(panel, { name: 'not watching', text: /Access to this site is withheld/ })
  await waitForText(panel, /Grant access to localhost/)
  await setHostAccess('ON_ALL_SITES')
  await waitForLive(panel, 'withheld')
})
