import type { Frame, Page } from 'puppeteer-core'

export interface OpenPanel {
  /** DevTools itself. */
  readonly devtools: Page
  /** The document of the Background Fetch tab inside it. */
  readonly panel: Frame
}

/**
 * Runs in DevTools' own world, where its modules are: brings the tab to the front as a click on it does.
 * Tabs are named by their title without spaces.
 */
const SHOW_TAB = `(async () => {
  const { InspectorView } = await import('./ui/legacy/legacy.js')
  for (const until = Date.now() + 20000; Date.now() < until; ) {
    const view = InspectorView.InspectorView.instance()
    const tab = view.tabbedPane.tabIds().find((id) => id.endsWith('BackgroundFetch'))
    if (tab) return void (await view.showPanel(tab))
    await new Promise(requestAnimationFrame)
  }
  throw new Error('DevTools has no Background Fetch tab.')
})()`

/** Shows the rows of all levels in the log; by default Verbose ones are not shown. */
export const showAllLevels = (panel: Frame): Promise<void> =>
  panel.evaluate(() => {
    const key = 'log-levels'
    localStorage.setItem(key, JSON.stringify(['error', 'warning', 'info', 'verbose']))
    // As it comes from another window of DevTools.
    dispatchEvent(new StorageEvent('storage', { key }))
  })

/** Brings the Background Fetch tab of an open DevTools to the front. */
export async function selectPanel(devtools: Page): Promise<Frame> {
  // Extensions are loaded when DevTools is up; its modules must not be touched before.
  await devtools.waitForFrame((frame) => frame.url().endsWith('/extension/devtools.html'))
  await devtools.evaluate(SHOW_TAB)
  const panel = await devtools.waitForFrame((frame) => frame.url().endsWith('/panel/index.html'))
  await panel.waitForSelector('[role="treegrid"]')
  return panel
}

/** Opens DevTools on the page with the Background Fetch tab in front. */
export async function openPanel(page: Page): Promise<OpenPanel> {
  const devtools = await page.openDevTools()
  return { devtools, panel: await selectPanel(devtools) }
}
