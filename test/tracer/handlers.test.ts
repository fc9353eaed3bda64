import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { media, registerWorker, startFetch, startWhenSeen } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import { startSite } from '../support/site'
import {
  inWorker,
  pressAbortNow,
  pressStop,
  setTrace,
  waitForWorker,
  workerRows,
  workerStory,
} from '../support/trace'

const bench = useBench()

/** The row that the demo's page would have written before the fetch. */
const writeRow = (page: Page, id: string) =>
  page.evaluate(
    `import('/shared/rows.js').then(({ putRow }) =>
      putRow({ id: '${id}', title: '${id}', state: 'downloading', episodes: ['${id}'] }))`,
  )

/** A page with the handler's worker, stopped once under the tracer if it is to be, and a fetch of that name. */
async function openHandler(handler: string, stopped = true) {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await registerWorker(page, { handler })
  await waitForWorker(panel)
  await writeRow(page, handler)
  await startFetch(page, handler)
  await waitForLive(panel, handler, ({ state }) => state === 'active')
  if (stopped) await pressStop(panel)
  await pressAbortNow(panel, handler)
  await waitForRow(panel, { fetch: handler, name: 'backgroundfetchabort done' })
  await waitForRow(panel, { fetch: handler, name: 'records released' })
  return { page, panel }
}

const START = 'backgroundfetchabort dispatched'
const DONE = 'backgroundfetchabort done'

test('reject: the promise is reported as rejected with its error, and the event as done with it', async () => {
  const { panel } = await openHandler('reject')
  const { text } = await waitForRow(panel, { fetch: 'reject', name: 'promise #1 rejected' })
  expect(text).toMatch(/Error: There is no row for reject/)
  await waitForRow(panel, { fetch: 'reject', name: DONE, text: /1 of 1 promises rejected/ })
  await waitForRow(panel, { fetch: 'reject', name: 'uncaught', text: /There is no row for reject/ })
})

inFullRun('function: the panel says that a function was passed', async () => {
  const { panel } = await openHandler('function')
  await waitForRow(panel, { fetch: 'function', name: 'waitUntil() #1', text: /A function was passed/ })
  await waitForRow(panel, { fetch: 'function', name: DONE, text: /nothing .* could be waited for/ })
  expect(await workerStory(panel, 'function')).toEqual([START, 'waitUntil() #1', 'handler returned', DONE])
})

test('late: waitUntil() after an await is reported as refused, with the place of the call', async () => {
  // Its event is over at once: after a stop that may be before the tracer is in the worker, which is not what this is about.
  const { panel } = await openHandler('late', false)
  const { text } = await waitForRow(panel, { fetch: 'late', name: 'waitUntil() refused' })
  expect(text).toMatch(/late\.js:\d+$/)
  expect(await workerStory(panel, 'late')).toEqual(expect.arrayContaining([START, 'handler returned', DONE]))
})

test('a call has the place of the script that made it, and none where the innermost code has no URL', async () => {
  const site = await startSite()
  try {
    const { page, panel } = await bench.openTab(site.url)
    await setTrace(panel, true)
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/places.js')
      await navigator.serviceWorker.ready
    })
    await waitForWorker(panel)
    await inWorker(bench.browser, site.url, 'self.ofTheConsole = (event) => event.waitUntil(0)')
    await startFetch(page, 'places', ['/endless'])
    await waitForLive(panel, 'places')
    await pressAbortNow(panel, 'places')
    await waitForRow(panel, { fetch: 'places', name: DONE })
    const calls = await rowsLike(panel, { fetch: 'places', name: /^waitUntil\(\) #/ })
    expect(calls.map(({ text }) => /places\.js:\d+$/.exec(text)?.[0] ?? 'unknown')).toEqual([
      ...['places.js:15', 'places.js:16', 'places.js:17'],
      ...Array<string>(6).fill('unknown'),
    ])
  } finally {
    await site.close()
  }
})

inFullRun('no-wait-until: the panel warns of an async handler that did not call waitUntil()', async () => {
  const { panel } = await openHandler('no-wait-until')
  await waitForRow(panel, {
    fetch: 'no-wait-until',
    name: DONE,
    text: /an async handler did not call waitUntil\(\)/,
  })
})

test('throws: the error is reported where it was thrown, and the handler as not ended', async () => {
  const { panel } = await openHandler('throws')
  const { text } = await waitForRow(panel, { fetch: 'throws', name: 'handler threw', text: /TypeError/ })
  expect(text).toMatch(/throws\.js:\d+$/)
  expect(await workerStory(panel, 'throws')).toEqual([START, 'handler threw', 'handler threw', DONE])
})

inFullRun('none: the panel says that nothing listened', async () => {
  // After a stop its event may be over before the tracer is in it, which is reported, but is not what this is about.
  const { panel } = await openHandler('none', false)
  await waitForRow(panel, { fetch: 'none', name: START, text: /nothing listened/ })
  expect(await workerStory(panel, 'none')).not.toContain('waitUntil() #1')
})

inFullRun('property: an event handler property is reported like a listener', async () => {
  const { panel } = await openHandler('property')
  const story = await workerStory(panel, 'property')
  expect(story).toEqual([START, 'waitUntil() #1', 'handler returned', 'promise #1 fulfilled', DONE])
})

test('chatty: what is written to the console and what nobody caught belong to the fetch', async () => {
  const { panel } = await openHandler('chatty')
  const rows = await workerRows(panel, 'chatty')
  const said = rows.filter(({ name }) => /^console|^uncaught/.test(name)).map(({ name }) => name)
  expect(said).toEqual(['console.log', 'console.warn', 'uncaught', 'console.error'])
  expect(rows.find(({ name }) => name === 'uncaught')?.text).toMatch(/Could not report.*chatty\.js:\d+$/)
})

test('success and fail: updateUI() and how it ended are reported', async () => {
  const { page, panel } = await openTraced(bench, 'discard')
  const whole = [media('a', { size: 1000, rate: 0 })]
  await startWhenSeen(page, 'whole', whole, () => waitForLive(panel, 'whole'))
  await waitForRow(panel, { fetch: 'whole', name: 'updateUI()', text: /“whole is ready”/ })
  await waitForRow(panel, { fetch: 'whole', name: 'updateUI() fulfilled' })
  await startWhenSeen(page, 'broken', [media('a', { status: 404 })], () => waitForLive(panel, 'broken'))
  await waitForRow(panel, { fetch: 'broken', name: 'updateUI()', text: /“Download failed”/ })
  await waitForRow(panel, { fetch: 'broken', name: 'updateUI() fulfilled' })
  expect(await workerStory(panel, 'broken')).toContain('backgroundfetchfail done')
})
