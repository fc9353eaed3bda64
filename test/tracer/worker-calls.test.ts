import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { endedRows, rowsLike } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { inWorker, setTrace, waitForWorker } from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** Has the worker do something, and returns what it says of it. */
const ask = (page: Page, task: string, id = ''): Promise<unknown> =>
  page.evaluate(
    async (...message) => {
      const { port1, port2 } = new MessageChannel()
      const answer = new Promise((resolve) => {
        port1.onmessage = ({ data }) => resolve(data)
      })
      const { active } = await navigator.serviceWorker.ready
      active?.postMessage(message, [port2])
      return answer
    },
    task,
    id,
  )

async function openTraced(trace = true) {
  const tab = await bench.openTab(site.url)
  await setTrace(tab.panel, trace)
  await tab.page.evaluate(async () => {
    await navigator.serviceWorker.register('/calls.js')
    await navigator.serviceWorker.ready
  })
  if (trace) await waitForWorker(tab.panel)
  return tab
}

test('an abort by the worker is shown with the place that called it', async () => {
  const { page, panel } = await openTraced()
  await startFetch(page, 'by-worker', ['/endless'])
  await waitForLive(panel, 'by-worker')
  expect(await ask(page, 'abort', 'by-worker')).toBe(true)
  await waitForRow(panel, {
    fetch: 'by-worker',
    source: 'worker',
    name: 'abort() called',
    text: /by the service worker: \S*abortOne.*calls\.js:\d+/,
  })
  await waitForRow(panel, { fetch: 'by-worker', text: /Aborted by the service worker/ })
  await eventually(async () => (await endedRows(panel)).map(({ outcome }) => outcome)).toEqual([
    expect.stringMatching(/^aborted · calls\.js:\d+$/),
  ])
  expect(await ask(page, 'fetch', 'refused')).toMatch(/^NotAllowedError/)
  await waitForRow(panel, {
    name: 'fetch() called',
    text: /fetch\(“refused”\) by the service worker: \S*fetch/,
  })
})

test('a worker can’t tell that its calls are traced', async () => {
  const { page, panel } = await openTraced(false)
  const before = await ask(page, 'look')
  await setTrace(panel, true)
  await waitForWorker(panel)
  await startFetch(page, 'listened', ['/endless'])
  await waitForLive(panel, 'listened')
  expect(await ask(page, 'listen', 'listened')).toBe('true')
  await waitForRow(panel, { fetch: 'listened', name: 'abort() called', text: /the place is unknown/ })
  expect(await ask(page, 'look')).toBe(before)
})

test('an abort by a worker that is busy right after it is not said to have come from nowhere', async () => {
  const { page, panel } = await openTraced()
  const tracedAt = Date.now()
  // All of the second before the fetch has to be traced, or nothing is said of its abort.
  await eventually(() => Date.now() - tracedAt).toBeGreaterThan(1500)
  await startFetch(page, 'busy', ['/endless'])
  await waitForLive(panel, 'busy')
  await inWorker(
    page.browser(),
    `${site.url}calls.js`,
    `registration.backgroundFetch.get('busy').then((fetch) => {
      fetch.abort()
      for (const end = Date.now() + 3000; Date.now() < end; );
    })`,
  )
  await waitForRow(panel, { fetch: 'busy', name: 'abort() called', text: /by the service worker/ })
  await waitForRow(panel, { fetch: 'busy', name: /^verdict/, text: /^(?!.*so far)/ })
  expect(await rowsLike(panel, { fetch: 'busy', name: 'no call of abort() seen' })).toEqual([])
})
