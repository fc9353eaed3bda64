import { originOf } from '../../../protocol/origin'
import { browser } from '../../../wire/browser'
import type { TabLoads } from './tab-loads'

type Tab = Awaited<ReturnType<typeof browser.tabs.query>>[number]

/**
 * The origin of the page that a tab is loading: the browser gives its URL where the extension has access to that site. Incognito tabs are
 * not to be found in the log of another one.
 */
const originOfLoad = ({ incognito, pendingUrl, url = '' }: Tab): string => {
  const loads = pendingUrl ?? url
  return !incognito && /^https?:/.test(loads) ? originOf(loads) : ''
}

/** The tabs of this browser. https://developer.chrome.com/docs/extensions/reference/api/tabs#type-TabStatus */
export const browserLoads: TabLoads = {
  async loading() {
    const tabs = await browser.tabs.query({ status: 'loading' })
    return tabs.flatMap((tab) => (tab.id === undefined ? [] : [{ id: tab.id, origin: originOfLoad(tab) }]))
  },
  onLoaded(changed) {
    const updated = (_: number, { status }: { readonly status?: string | undefined }) => {
      if (status === 'complete') changed()
    }
    browser.tabs.onUpdated.addListener(updated)
    browser.tabs.onRemoved.addListener(changed)
    return () => {
      browser.tabs.onUpdated.removeListener(updated)
      browser.tabs.onRemoved.removeListener(changed)
    }
  },
}
