import { test } from 'vitest'
import { inEveryRunIf, inFullRun } from '../support/full'
import { INSECURE_HOST, useBench } from '../support/harness'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { registerWorker } from '../support/page'
import { waitForEnded, waitForGone, waitForLive, waitForRow, waitForText } from '../support/panel'
import { press, pressAbort } from '../support/press'

const bench = useBench()

inFullRun('an insecure page is reported as one', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await page.goto(`http://${INSECURE_HOST}:${bench.demo.port}/blank.html`)
  await waitForText(panel, /Not a secure context/)
  await waitForRow(panel, { name: 'watching', text: /insecure\.test.* is not a secure context/ })
})

test('a page without a worker is reported as one, until it registers one', async () => {
  const { page, panel } = await bench.openTab('/bare.html')
  await waitForText(panel, /No service worker is registered/)
  await registerWorker(page)
  await waitForText(panel, /No background fetches /)
})

test('a denied permission is reported', async () => {
  const { panel } = await openWithWorker(bench)
  const cdp = await bench.browser.target().createCDPSession()
  const { origin } = new URL(bench.demo.url)
  await cdp.send('Browser.setPermission', {
    origin,
    permission: { name: 'background-fetch' },
    setting: 'denied',
  })
  await waitForText(panel, /Background fetch is blocked for this site/)
  await cdp.send('Browser.resetPermissions')
})

for (const url of ['chrome://version/', 'about:blank']) {
  inEveryRunIf(url === 'about:blank')(
    `on ${url} the panel says that no extension gets in, and goes on after it`,
    async () => {
      const { page, panel } = await openFetch(bench, 'waits')
      await page.goto(url)
      await waitForRow(panel, { name: 'not watching', text: /Extensions can’t access pages of the browser/ })
      await waitForText(panel, /Extensions can’t access pages of the browser/)
      await waitForLive(panel, 'waits', ({ state }) => state === 'not observed')
      await page.goto(new URL('/blank.html?again', bench.demo.url).href)
      await waitForLive(panel, 'waits', ({ state }) => state !== 'not observed')
      await pressAbort(panel, 'waits')
      await waitForGone(panel, 'waits')
    },
  )
}

test('a test fetch is started without any code', async () => {
  const { page, panel } = await bench.openNewTab('/blank.html')
  await registerWorker(page)
  await waitForText(panel, /No background fetches yet/)
  await press(panel, 'Start a test fetch')
  await waitForEnded(panel, 'test-fetch')
  await waitForRow(panel, { fetch: 'test-fetch', name: 'settled: success' })
})
