import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { startSite } from '../support/site'
import { pressStop, setTrace, waitForWorker, workerRows } from '../support/trace'

const bench = useBench()

test('the requests that a handler makes are rows of its fetch, also where the worker was started for it', async () => {
  let slow: ServerResponse | undefined
  const site = await startSite(0, ({ pathname }, _, response) => {
    if (pathname === '/slow') slow = response
    else if (/^\/uploads/.test(pathname)) response.writeHead(500).end()
    else return false
    return true
  })
  try {
    const { page, panel } = await bench.openTab(site.url)
    await setTrace(panel, true)
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/reports.js')
      await navigator.serviceWorker.ready
    })
    await waitForWorker(panel)
    await startFetch(page, '7', ['/endless'])
    await waitForLive(panel, '7')
    await pressStop(panel)
    await abortInPage(page, '7')

    const row = (text: RegExp) => waitForRow(panel, { fetch: '7', name: 'request', text })
    await row(/POST \/uploads\/7\/abort → 500, [\d.]+ m?sreports\.js:7$/)
    const other = /sent after the listeners had returned: it may be of other code of the worker/
    await row(new RegExp(`GET /missing → 404, .*; ${other.source}`))
    await row(new RegExp(`GET http://localhost:9/ → net::ERR_.*; ${other.source}`))
    await row(/GET \/slow → no answer yet, .*reports\.js:13$/)
    slow?.writeHead(200).end()
    await row(/GET \/slow → 200, .*; the event was over before/)
    // That of the worker's own script is not of the handler.
    expect((await workerRows(panel, '7')).filter(({ name }) => name === 'request')).toHaveLength(5)
  } finally {
    slow?.end()
    await site.close()
  }
})

test('a request of another event of the worker is not said to be of the handler that waits meanwhile', async () => {
  const site = await startSite(0, ({ pathname }, _, response) => {
    if (pathname !== '/api') return false
    response.writeHead(500).end()
    return true
  })
  try {
    const { page, panel } = await bench.openTab(site.url)
    await setTrace(panel, true)
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/passes-on.js')
      await navigator.serviceWorker.ready
    })
    await waitForWorker(panel)
    await startFetch(page, '8', ['/endless'])
    await waitForLive(panel, '8')
    await abortInPage(page, '8')
    await waitForRow(panel, { fetch: '8', name: 'waitUntil() #1' })
    await page.evaluate(() => fetch('/api'))
    await waitForRow(panel, {
      fetch: '8',
      name: 'request',
      text: /GET \/api → 500, .*; sent after the listeners had returned: it may be of other code of the worker/,
    })
  } finally {
    await site.close()
  }
})
