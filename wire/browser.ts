import polyfill from 'webextension-polyfill'

/**
 * The extension's API, with promises: for the background and for pages that show something. `chrome.debugger`,
 * `chrome.devtools` and what concerns `contentSettings` are called by these names, as the polyfill does not know them, and so is
 * `chrome.webRequest`, which is there only once its permission is given. What must stay small, or runs in Node as well, calls
 * `chrome` throughout: the bridge, the DevTools page and `panel/i18n/`.
 */
export const browser = polyfill
