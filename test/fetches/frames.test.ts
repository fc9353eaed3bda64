import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, addFrame, registerWorker, startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { liveRows, rowsLike } from '../support/rows'

const bench = useBench()

/** Opens a page with a frame that has started a fetch, and waits until the panel lists it. */
async function openInFrame(id: string, url: URL) {
  const { page, panel } = await bench.openTab('/blank.html')
  const frame = await addFrame(page, url.href)
  await registerWorker(frame)
  await startFetch(frame, id)
  await waitForLive(panel, id)
  return { page, panel }
}

test('a fetch is shown once, although an iframe of the origin sees it too', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  const frame = await addFrame(page, new URL('/blank.html?frame', bench.demo.url).href)
  await registerWorker(page)
  await waitForRow(panel, { name: 'watching', text: /frame http:.*\?frame/ })
  await startFetch(frame, 'in-frame')
  await waitForLive(panel, 'in-frame')
  await startFetch(page, 'in-page')
  await waitForLive(panel, 'in-page')
  expect((await liveRows(panel)).map(({ id }) => id)).toEqual(['in-frame', 'in-page'])
  expect(await rowsLike(panel, { name: /^fetch/ })).toHaveLength(2)
  await pressAbort(panel, 'in-frame')
  await waitForRow(panel, { fetch: 'in-frame', name: 'records released' })
  expect(await rowsLike(panel, { fetch: 'in-frame', name: /^settled/ })).toHaveLength(1)
})

test('a fetch goes on being watched when the iframe that watched it is removed', async () => {
  const { page, panel } = await openInFrame('handed-over', new URL('/blank.html?frame', bench.demo.url))
  await page.evaluate(() => document.querySelector('iframe')?.remove())
  // Whoever sees this one sees the other, too.
  await startFetch(page, 'seen-by-the-successor')
  await waitForLive(panel, 'seen-by-the-successor')
  await waitForLive(panel, 'handed-over', ({ state }) => state !== 'not observed')
  await pressAbort(panel, 'handed-over')
  await waitForRow(panel, { fetch: 'handed-over', name: 'records released' })
  await waitForGone(panel, 'handed-over')
})

test('a third-party iframe is distinguished by its storage key', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  const url = new URL('/blank.html', bench.demo.otherOrigin).href
  const frame = await addFrame(page, url)
  await registerWorker(page)
  await registerWorker(frame)
  await startFetch(page, 'same-name')
  await startFetch(frame, 'same-name')
  await eventually(async () => (await liveRows(panel)).length).toBe(2)
  const caption = await panel.$eval('[data-counts]', (element) => element.textContent ?? '')
  const other = new URL(url).origin
  expect(caption).toContain(`${other} in http://localhost: 1 of 5 active`)
  expect(caption).toContain(`${new URL(bench.demo.url).origin}: 1 of 5 active`)
  await press(panel, 'Abort all')
  await eventually(() => rowsLike(panel, { name: 'records released' })).toHaveLength(2)
})

inFullRun('details of a fetch name its storage key', async () => {
  const url = new URL('/blank.html', bench.demo.otherOrigin)
  const { panel } = await openInFrame('embedded', url)
  await press(panel, 'embedded')
  const details = await panel.waitForSelector('[aria-label="Details of the selected fetch"]')
  const text = await details?.evaluate((element) => element.textContent)
  expect(text).toContain(`${url.origin} in http://localhost`)
})

inFullRun('a frame added later is watched', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await waitForRow(panel, { name: 'watching' })
  const frame = await addFrame(page, new URL('/blank.html', bench.demo.otherOrigin).href)
  await registerWorker(frame)
  await startFetch(frame, 'late-frame')
  await waitForLive(panel, 'late-frame')
  await abortInPage(frame, 'late-frame')
  await waitForGone(panel, 'late-frame')
})

inFullRun('a fetch of a frame that is gone is not observed any more', async () => {
  const { page, panel } = await openInFrame('orphan', new URL('/blank.html', bench.demo.otherOrigin))
  await page.evaluate(() => document.querySelector('iframe')?.remove())
  await waitForLive(panel, 'orphan', ({ state }) => state === 'not observed')
  const ownRows = () => rowsLike(panel, { source: /panel|page/ })
  const before = (await ownRows()).length
  await pressAbort(panel, 'orphan')
  await waitForRow(panel, {
    fetch: 'orphan',
    name: 'abort() not called',
    text: /page that showed this fetch is gone/,
  })
  expect(await ownRows()).toHaveLength(before + 2)
})

test('a sandboxed frame without an origin does no harm', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts')
    frame.src = '/blank.html?sandboxed'
    document.body.append(frame)
  })
  await waitForRow(panel, { name: 'watching', text: /\?sandboxed/ })
  await registerWorker(page)
  await startFetch(page, 'beside')
  await waitForLive(panel, 'beside')
})

inFullRun('a sandboxed frame does not stand in for a frame of its address that has an origin', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  const sandboxed = new URL('/blank.html?sandboxed', bench.demo.otherOrigin).href
  await page.evaluate((url) => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts')
    frame.src = url
    document.body.append(frame)
  }, sandboxed)
  await waitForRow(panel, { name: 'watching', text: /\?sandboxed/ })
  const frame = await addFrame(page, new URL('/blank.html', bench.demo.otherOrigin).href)
  await registerWorker(frame)
  await startFetch(frame, 'not-sandboxed')
  await waitForLive(panel, 'not-sandboxed')
})
