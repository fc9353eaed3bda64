import { dist, launch } from '../browser/launch'
import { openPanel, selectPanel } from '../browser/panel'

export interface DevWindow {
  /** Loads the built extension again, and DevTools with it: an open DevTools keeps the old one otherwise. */
  reload(): Promise<void>
  readonly closed: Promise<void>
}

/** Opens the page in a window with DevTools below it and the Background Fetch tab in front. */
export async function openWindow(url: string): Promise<DevWindow> {
  const { browser, close } = await launch({
    headless: false,
    dock: 'bottom',
    args: ['--window-size=1400,1000'],
  })
  const closed = new Promise<void>((resolve) => browser.once('disconnected', () => resolve())).then(close)
  const [first] = await browser.pages()
  const page = first ?? (await browser.newPage())
  await page.goto(url)
  await openPanel(page)
  return {
    closed,
    async reload() {
      try {
        await browser.installExtension(dist)
        // Opens DevTools anew when it was closed.
        const devtools = await page.openDevTools()
        await devtools.reload()
        await selectPanel(devtools)
      } catch (error) {
        console.error(error instanceof Error ? error.message : error)
        console.log('Close DevTools and open it again to have the new build.')
      }
    },
  }
}
