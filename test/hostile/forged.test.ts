import { expect, test } from 'vitest'
import { inEveryRunIf } from '../support/full'
import { useBench } from '../support/harness'
import { checkNext } from '../support/outcome'
import { rowsLike } from '../support/rows'
import { reloadPanel } from '../support/tab'
import { abortEndless, logText, startEndless, useSite } from './site-of-test'

const bench = useBench()
const site = useSite(bench)

const ATTRIBUTES = {
  result: '',
  failureReason: '',
  downloaded: 1e300,
  downloadTotal: 1,
  uploaded: 0,
  uploadTotal: 0,
  recordsAvailable: true,
}

/** What a bridge sends when it has seen a fetch. */
const REPORT = {
  seq: 1,
  at: 1e300,
  body: {
    type: 'fetch-seen',
    handle: 'x:1',
    scope: '/',
    id: 'forged',
    attributes: ATTRIBUTES,
    already: false,
  },
}

test('a page that speaks like the bridge, wherever it can, is heard by nobody', async () => {
  const { page, panel } = await site.open()
  await page.evaluate((report) => {
    const call = { t: 'q', m: 'report', a: [[report]], i: 'x' }
    const channel = new BroadcastChannel('bridge')
    for (const message of [report, [report], call, JSON.stringify(call)]) {
      postMessage(message, '*')
      channel.postMessage(message)
      dispatchEvent(new MessageEvent('message', { data: message }))
      dispatchEvent(new CustomEvent('bridge', { detail: message }))
    }
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    Object.assign(globalThis, { backgroundFetchBridge: true })
    try {
      chrome.runtime.connect({ name: 'bridge' }).postMessage(call)
    } catch {
      // A page has no way to the extension.
    }
  }, REPORT)
  await checkNext(panel, (id) => startEndless(page, id))
  expect(await rowsLike(panel, { fetch: 'forged' })).toEqual([])
  expect(await rowsLike(panel, { name: 'refused' })).toEqual([])
})

for (const tracer of ['first', 'later'] as const) {
  inEveryRunIf(tracer === 'first')(
    `a worker that looks for the tracer’s binding does not end the log, with the tracer there ${tracer}`,
    async () => {
      const tab = await site.open('forges', { tracer })
      const { page, panel } = tab
      await abortEndless(tab, 'forger')
      expect(await rowsLike(panel, { fetch: 'forged' }), await logText(tab)).toEqual([])
      expect(await page.evaluate(async () => (await caches.match('/found'))?.text())).toBe('')
      await reloadPanel(panel)
      await checkNext(panel, (id) => startEndless(page, id))
    },
  )
}
