import type { Browser, Page, Target } from 'puppeteer-core'

/** A click on the extension's icon in the toolbar, while the page's tab is in front. */
export async function clickIcon(browser: Browser, page: Page): Promise<void> {
  await page.bringToFront()
  const [extension] = (await browser.extensions()).values()
  if (!extension) throw new Error('The browser has no extension.')
  await extension.triggerAction(page)
}

/** The page that explains how to open the tab in DevTools, as the icon's popup or as a tab. */
export const isHelp = (target: Target): boolean => target.url().endsWith('/extension/popup/index.html')

/** Waits until that page is there, and shows its text. */
export async function waitForHelp(browser: Browser): Promise<Page> {
  const help = await (await browser.waitForTarget(isHelp, { timeout: 15_000 })).asPage()
  await help.waitForSelector('main', { timeout: 15_000 })
  return help
}
