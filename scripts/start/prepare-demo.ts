import type { Page } from 'puppeteer-core'
import type { Demo } from '../../demo/server/index'

/**
 * Opens an empty page of the demo's origin, so that the worker that the demo registers is traced from its first line
 * on, and creates what the demo stores things in, as an earlier visit would have.
 */
export async function prepareDemo(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.url}blank.html`)
  await page.evaluate(`import('/shared/places.js').then(({ createPlaces }) => createPlaces())`)
}
