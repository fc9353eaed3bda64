import { browser } from '../../wire/browser'

/** Whether the tab is one of an incognito window. */
export const isIncognito = (tabId: number): Promise<boolean> =>
  browser.tabs.get(tabId).then(
    (tab) => tab.incognito,
    // It is gone.
    () => false,
  )
