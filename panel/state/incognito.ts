import { browser } from '../../wire/browser'

/** Whether something that was typed for the inspected tab may stay: not where it is one of an incognito window, or that is not known. */
export async function mayRemember(): Promise<boolean> {
  try {
    return !(await browser.tabs.get(chrome.devtools.inspectedWindow.tabId)).incognito
  } catch {
    return false
  }
}
