import { expect, test } from 'vitest'
import { startDemo } from '../../demo/server/index'
import { inEveryRunIf, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { media, registerWorker, startFetch, startWhenSeen } from '../support/page'
import { waitForGone, waitForLive, waitForRow } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { rowsLike } from '../support/rows'
import { story } from '../support/story'

const bench = useBench()

interface Ending {
  readonly id: string
  readonly url: (otherOrigin: string) => string
  readonly downloadTotal?: number
  /** What its only request comes to. */
  readonly response: readonly [name: string, text: RegExp]
  readonly settled: string
  readonly over: string
}

const endings: Record<string, Ending> = {
  'success when everything arrived': {
    id: 'whole',
    url: () => media('a', { size: 100_000, rate: 0 }),
    downloadTotal: 100_000,
    response: ['response ready', /200 GET \/media\/a\.wav.*, 100 kB promised, audio\/wav \(1 of 1\)$/],
    settled: 'settled: success',
    over: 'records released',
  },
  'bad-status when a response is a 404': {
    id: 'missing',
    url: () => media('a', { status: 404 }),
    response: ['response ready', /404 GET .*\(1 of 1\)$/],
    settled: 'settled: failure, bad-status',
    over: 'records released',
  },
  'fetch-error when a cross-origin response has no CORS headers': {
    id: 'foreign',
    url: (otherOrigin) => new URL(media('a', { size: 100_000, rate: 0 }), otherOrigin).href,
    response: [
      'response failed',
      /GET .*: there was no response, an incomplete one, or one that CORS does not allow \(0 of 1, 1 failed\)$/,
    ],
    settled: 'settled: failure, fetch-error',
    over: 'records released',
  },
  'download-total-exceeded when more comes than was promised': {
    id: 'more',
    url: () => media('a', { size: 3_000_000, rate: 0 }),
    downloadTotal: 1000,
    response: ['response ready', /200 GET .*3\.0 MB/],
    settled: 'settled: failure, download-total-exceeded',
    over: 'records released',
  },
}

for (const [promise, { id, url, downloadTotal, response, settled, over }] of Object.entries(endings)) {
  inEveryRunIf(promise.startsWith('bad-status'))(`the log shows ${promise}`, async () => {
    const { page, panel } = await openWithWorker(bench)
    const options = downloadTotal === undefined ? {} : { downloadTotal }
    await startWhenSeen(
      page,
      id,
      [url(bench.demo.otherOrigin)],
      () => waitForLive(panel, id, ({ state }) => state === 'queued'),
      options,
    )
    await waitForRow(panel, { fetch: id, name: over })
    const [name, text] = response
    await waitForRow(panel, { fetch: id, name, text })
    expect(await story(panel, id)).toEqual(['fetch started', name, settled, over].map((row) => `page ${row}`))
    await waitForGone(panel, id)
  })
}

inFullRun('the log shows success of a cross-origin response with CORS headers', async () => {
  const { page, panel } = await openWithWorker(bench)
  const url = new URL(media('a', { size: 100_000, rate: 0, cors: 1 }), bench.demo.otherOrigin).href
  await startWhenSeen(page, 'allowed', [url], () => waitForLive(panel, 'allowed'))
  await waitForRow(panel, { fetch: 'allowed', name: 'records released' })
})

inFullRun('the log shows fetch-error when the server is not there', async () => {
  const { page, panel } = await openWithWorker(bench)
  const absent = await startDemo({ port: 0 })
  await absent.close()
  await startWhenSeen(page, 'unanswered', [new URL(media('a', { cors: 1 }), absent.url).href], () =>
    waitForLive(panel, 'unanswered'),
  )
  await waitForRow(panel, { fetch: 'unanswered', name: 'settled: failure, fetch-error' })
  await waitForRow(panel, { fetch: 'unanswered', name: 'records released' })
  await waitForGone(panel, 'unanswered')
})

inFullRun('the log shows quota-exceeded when the origin has no room left', async () => {
  const { page, panel } = await openWithWorker(bench)
  const { origin } = new URL(bench.demo.url)
  const cdp = await page.createCDPSession()
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 500_000 })
  await startWhenSeen(page, 'full', [media('a', { size: 2_000_000, rate: 0 })], () =>
    waitForLive(panel, 'full'),
  )
  await waitForRow(panel, { fetch: 'full', name: 'settled: failure, quota-exceeded' })
  await waitForRow(panel, { fetch: 'full', name: 'records released' })
})

test('the end of the abort event waits for the worker', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await registerWorker(page, { handler: 'never' })
  await startFetch(page, 'held')
  await pressAbort(panel, 'held')
  await waitForRow(panel, { fetch: 'held', name: 'settled: failure, aborted' })
  await waitForGone(panel, 'held')
  expect(await rowsLike(panel, { fetch: 'held', name: /over$/ })).toEqual([])
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'confirm-clean-up' })
  })
  await waitForRow(panel, { fetch: 'held', name: 'records released' })
})

inFullRun(
  'records are read as long as the worker’s event is not over, and not said to be released',
  async () => {
    const { panel } = await openFetch(bench, 'slow', { handler: 'slow' })
    await pressAbort(panel, 'slow')
    await waitForRow(panel, { fetch: 'slow', name: 'settled: failure, aborted' })
    await press(panel, 'slow')
    await panel.waitForSelector('table[aria-label="Requests"] tbody tr')
    expect(await panel.$eval('body', (body) => body.textContent)).not.toContain('has released the records')
  },
)
