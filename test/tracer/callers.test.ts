import { test } from 'vitest'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { media, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { endedRows } from '../support/rows'
import { waitForScripts } from '../support/trace'

const bench = useBench()

const ABORT = `navigator.serviceWorker.ready
  .then(({ backgroundFetch }) => backgroundFetch.get('by-others'))
  .then((one) => one.abort())`

test.each([
  [
    'the Console',
    '',
    'aborted · script',
    /Aborted by code in the page without a known URL \(such as the Console/,
  ],
  [
    'an extension',
    '\n//# sourceURL=chrome-extension://abcdefghijklmnopabcdefghijklmnop/inject.js',
    'aborted · extension',
    /Aborted by a script of an extension/,
  ],
])('an abort by %s is not said to be the page’s', async (_, name, cell, text) => {
  const { page, panel } = await openTraced(bench)
  await waitForScripts(panel)
  await startFetch(page, 'by-others', [media('endless')])
  await waitForLive(panel, 'by-others')
  const cdp = await page.createCDPSession()
  await cdp.send('Runtime.evaluate', { expression: `${ABORT}${name}` })
  await waitForRow(panel, { fetch: 'by-others', name: 'abort() called' })
  await waitForRow(panel, { fetch: 'by-others', name: /^settled/, text })
  await eventually(async () => (await endedRows(panel)).map(({ outcome }) => outcome)).toEqual([cell])
})
