import { browser } from '../../../wire/browser'
import { createOpenPages, type OpenPage } from './open-pages'

/** https://developer.chrome.com/docs/extensions/reference/api/webNavigation#method-getAllFrames */
async function pagesOf(tabId: number): Promise<OpenPage[]> {
  const frames = await browser.webNavigation.getAllFrames({ tabId }).catch(() => [])
  return (frames ?? []).map(({ frameId, url }) => ({ tabId, frameId, url }))
}

/** The documents in this browser's tabs. */
export const browserPages = createOpenPages(async () => {
  const tabs = await browser.tabs.query({ discarded: false })
  const pages = await Promise.all(tabs.map(({ id }) => (id === undefined ? [] : pagesOf(id))))
  return pages.flat()
})
