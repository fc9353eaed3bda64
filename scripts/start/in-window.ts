import type { Demo } from '../../demo/server/index'
import { launch } from '../browser/launch'
import { openPanel } from '../browser/panel'
import { prepareDemo } from './prepare-demo'

/** Opens the demo in a window, with DevTools at its side, and stays until the browser is closed. */
export async function showInWindow(demo: Demo): Promise<void> {
  const { browser, close } = await launch({
    headless: false,
    dock: 'bottom',
    args: ['--window-size=1400,1000'],
  })
  const closed = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()))
  const [first] = await browser.pages()
  const page = first ?? (await browser.newPage())
  await prepareDemo(page, demo)
  await openPanel(page)
  await page.goto(demo.url)
  console.log('Press Download in the page, and Abort in the Background Fetch tab below it.')
  console.log('Close the browser or press Ctrl+C to end.')
  await closed
  await close()
}
