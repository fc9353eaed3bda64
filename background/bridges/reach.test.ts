import { expect, test } from 'vitest'
import { unreachableReason } from './reach'

const FAILED = 'Cannot access contents of the page.'
const ASK = `${FAILED} Extension manifest must request permission to access the respective host.`

test.each([
  ['chrome://settings/', 'Cannot access a chrome:// URL', 'browser-page'],
  ['about:blank', FAILED, 'browser-page'],
  ['view-source:https://pod.example/', FAILED, 'browser-page'],
  ['devtools://devtools/bundled/inspector.html', FAILED, 'browser-page'],
  ['', 'Cannot access a chrome:// URL', 'browser-page'],
  ['', 'Cannot access a chrome-extension:// URL of different extension', 'browser-page'],
  ['https://chromewebstore.google.com/', 'The extensions gallery cannot be scripted.', 'store'],
  ['https://chrome.google.com/webstore/category/extensions', FAILED, 'store'],
  ['', 'The extensions gallery cannot be scripted.', 'store'],
  ['https://pod.example/', 'This page cannot be scripted due to an ExtensionsSettings policy.', 'policy'],
  ['file:///tmp/page.html', ASK, 'file'],
  ['https://pod.example/', 'Frame with ID 0 was removed.', 'failed'],
  ['', '', 'failed'],
])('%s refusing with "%s" is called %s', (url, message, reason) => {
  expect(unreachableReason(url, message, true)).toBe(reason)
})

test('access that the user withholds is distinguished from a failure', () => {
  expect(unreachableReason('https://pod.example/', FAILED, false)).toBe('withheld')
  expect(unreachableReason('https://pod.example/', ASK, true)).toBe('withheld')
})

test('where no extension may go, missing access is not the reason', () => {
  expect(unreachableReason('chrome://settings/', ASK, false)).toBe('browser-page')
  expect(unreachableReason('https://chromewebstore.google.com/', ASK, false)).toBe('store')
  expect(unreachableReason('https://pod.example/', 'An ExtensionsSettings policy says no.', false)).toBe(
    'policy',
  )
})
