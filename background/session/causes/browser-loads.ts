import { browser } from '../../../wire/browser'
import type { TabLoads } from './tab-loads'

/** The tabs of this browser. https://developer.chrome.com/docs/extensions/reference/api/tabs#type-TabStatus */
export const browserLoads: TabLoads = {
  async loading() {
    const tabs = await browser.tabs.query({ status: 'loading' })
    return tabs.flatMap(({ id }) => (id === undefined ? [] : [id]))
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
