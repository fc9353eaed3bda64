import type { Browser, Page } from 'puppeteer-core'

/**
 * Opens a page that has an active service worker and does nothing by itself.
 *
 * @param url of the demo, whose first page registers the worker
 */
export async function openIdlePage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.goto(`${url}blank.html`)
  return page
}
