import type { Frame, Page } from 'puppeteer-core'
import { launch } from '../scripts/browser/launch'
import { openPanel, showAllLevels } from '../scripts/browser/panel'
import { type Route, startSite } from '../test/support/site'

export interface MeasuredPage {
  readonly page: Page
  readonly panel: Frame
  /** Closes the browser and the site. */
  close(): Promise<void>
}

/**
 * Opens a page in a browser of its own, with DevTools and the panel.
 *
 * @param path of the worker's script on the page's site
 * @param script its text
 * @param route answers other requests, or returns false
 */
export async function openMeasuredPage(
  path: string,
  script: string,
  route: Route = () => false,
): Promise<MeasuredPage> {
  const site = await startSite(0, (url, request, response) => {
    if (url.pathname !== path) return route(url, request, response)
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script)
    return true
  })
  const { browser, close } = await launch()
  const page = await browser.newPage()
  await page.goto(site.url)
  const { devtools, panel } = await openPanel(page)
  await devtools.setViewport({ width: 1400, height: 2400 })
  await showAllLevels(panel)
  return {
    page,
    panel,
    async close() {
      await close()
      await site.close()
    },
  }
}
