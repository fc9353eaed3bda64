import type { unreachableReasons } from '../../protocol/session-events'

export type UnreachableReason = (typeof unreachableReasons)[number]

const BROWSER_PAGE = /^(chrome|chrome-untrusted|devtools|about|edge|brave|view-source|chrome-search):/
const STORE = /^https:\/\/(chrome\.google\.com\/webstore|chromewebstore\.google\.com)/

/**
 * Why the bridge can't be put into a page.
 *
 * @param url of the page; empty where the browser does not say
 * @param message what `scripting.executeScript` rejected with
 * @param granted the extension has access to the page's host
 */
export function unreachableReason(url: string, message: string, granted: boolean): UnreachableReason {
  if (STORE.test(url) || /extensions gallery/i.test(message)) return 'store'
  if (BROWSER_PAGE.test(url) || /chrome:\/\/|chrome-extension:\/\//.test(message)) return 'browser-page'
  if (/ExtensionsSettings policy|blocked by/i.test(message)) return 'policy'
  if (url.startsWith('file:')) return 'file'
  if (!granted || /must request permission/i.test(message)) return 'withheld'
  return 'failed'
}
