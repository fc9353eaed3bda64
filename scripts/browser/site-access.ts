import type { Browser } from 'puppeteer-core'

/** Sets "Site access" of the extension as a person does on its page; rejects when the browser refuses. */
export async function setSiteAccess(browser: Browser, access: 'ON_CLICK' | 'ON_ALL_SITES'): Promise<void> {
  const page = await browser.newPage()
  try {
    await page.goto('chrome://extensions/')
    await page.evaluate(`(async () => {
      const all = await chrome.developerPrivate.getExtensionsInfo()
      const { id } = all.find(({ name }) => name === 'Background Fetch DevTools')
      await chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, hostAccess: '${access}' })
    })()`)
  } finally {
    await page.close()
  }
}
