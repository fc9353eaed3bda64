import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { waitForNotice } from '../support/notices'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForGone, waitForLive, waitForRow, waitForText } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { endedRows, liveRows, logRows, rowsLike } from '../support/rows'
import { startSite } from '../support/site'
import { ABORTED, story } from '../support/story'
import { reloadPanel } from '../support/tab'
import { clearLog } from '../support/trace'

const bench = useBench()

/** Opens a page whose fetch has bytes already. */
const openWithBytes = (id: string) =>
  openFetch(bench, id, { downloadTotal: 60_000_000, until: ({ now }) => (now ?? 0) > 0 })

const after = (row: { now: number | null }) => (next: { now: number | null; state: string }) =>
  next.state === 'active' && (next.now ?? 0) > (row.now ?? 0)

test('a fetch goes on in the table after a reload, as the same one, and can be aborted', async () => {
  const { page, panel, row: before } = await openWithBytes('reloaded')
  await page.reload()
  await waitForRow(panel, { name: 'reloaded' })
  await waitForLive(panel, 'reloaded', after(before))
  expect(await liveRows(panel)).toHaveLength(1)
  expect(await story(panel, 'reloaded')).toEqual(['page fetch started'])
  await pressAbort(panel, 'reloaded')
  await waitForRow(panel, { fetch: 'reloaded', name: 'records released' })
  expect(await story(panel, 'reloaded')).toEqual(ABORTED)
  // One bridge saw it begin, another one its end: it must not come back from what is kept of the first.
  await clearLog(panel)
  await reloadPanel(panel)
  // It says so once it has what was kept, and knows the frames.
  await waitForText(panel, /No background fetches/)
  expect(await liveRows(panel)).toEqual([])
  expect(await rowsLike(panel, { fetch: 'reloaded' })).toEqual([])
})

inFullRun('a fetch goes on in the table on another page of the origin', async () => {
  const { page, panel, row: before } = await openWithBytes('moved')
  await page.goto(new URL('/bare.html', bench.demo.url).href)
  await waitForRow(panel, { name: 'navigated', text: /bare\.html/ })
  await waitForLive(panel, 'moved', after(before))
  expect(await story(panel, 'moved')).toEqual(['page fetch started'])
  await pressAbort(panel, 'moved')
  await waitForGone(panel, 'moved')
})

test('on another origin the fetch is not observed, Abort says so, and it is back with the page', async () => {
  const { page, panel, row: before } = await openWithBytes('left')
  await page.goto(new URL('/blank.html', bench.demo.otherOrigin).href)
  await waitForLive(panel, 'left', ({ state }) => state === 'not observed')
  await pressAbort(panel, 'left')
  await waitForNotice(panel, /^left not aborted: The page that showed this fetch is gone/)
  await waitForRow(panel, { fetch: 'left', name: 'abort() not called' })

  await page.goto(new URL('/blank.html?again', bench.demo.url).href)
  await waitForLive(panel, 'left', after(before))
  expect(await rowsLike(panel, { fetch: 'left', name: /^fetch/ })).toHaveLength(1)
  await pressAbort(panel, 'left')
  await waitForRow(panel, { fetch: 'left', name: 'records released' })
  await waitForGone(panel, 'left')
})

inFullRun('the Back button brings the page and its fetch back', async () => {
  const { page, panel, row: before } = await openWithBytes('back')
  await page.goto(new URL('/blank.html', bench.demo.otherOrigin).href)
  await waitForLive(panel, 'back', ({ state }) => state === 'not observed')
  await page.goBack()
  await waitForLive(panel, 'back', after(before))
  expect(await liveRows(panel)).toHaveLength(1)
  await pressAbort(panel, 'back')
  await waitForRow(panel, { fetch: 'back', name: 'records released' })
})

inFullRun('a page that the browser kept aside comes back with its fetch', async () => {
  const site = await startSite()
  try {
    const { page, panel } = await bench.openTab('/blank.html')
    await page.goto(site.url)
    await registerWorker(page, { script: '/observable.js', handler: '' })
    await startFetch(page, 'aside', ['/endless'])
    await waitForLive(panel, 'aside', ({ state }) => state === 'active')
    await page.evaluate(() =>
      addEventListener('pageshow', ({ persisted }) => {
        document.title = `persisted: ${persisted}`
      }),
    )
    await page.goto(new URL('/blank.html', bench.demo.otherOrigin).href)
    await waitForLive(panel, 'aside', ({ state }) => state === 'not observed')
    await page.goBack()
    expect(await page.title()).toBe('persisted: true')
    await waitForLive(panel, 'aside', ({ state }) => state === 'active')
    expect(await rowsLike(panel, { fetch: 'aside', name: /^fetch/ })).toHaveLength(1)
    await pressAbort(panel, 'aside')
    await waitForRow(panel, { fetch: 'aside', name: 'records released' })
  } finally {
    await site.close()
  }
})

test('a fetch that ended while the page was away is reported with an end that was not observed', async () => {
  const { page, panel } = await openFetch(bench, 'unseen')
  await page.goto(new URL('/blank.html', bench.demo.otherOrigin).href)
  await waitForLive(panel, 'unseen', ({ state }) => state === 'not observed')
  const other = await bench.openPage('/blank.html')
  await other.evaluate(async () => {
    const { backgroundFetch } = await navigator.serviceWorker.ready
    await (await backgroundFetch.get('unseen'))?.abort()
  })
  await page.goto(new URL('/blank.html', bench.demo.url).href)
  await waitForRow(panel, { fetch: 'unseen', name: 'end not observed' })
  await waitForGone(panel, 'unseen')
})

test('without Preserve log a navigation clears the log and ended fetches, and keeps live ones', async () => {
  const { page, panel } = await openWithWorker(bench)
  await startFetch(page, 'kept')
  await startFetch(page, 'ended')
  await waitForLive(panel, 'ended')
  await pressAbort(panel, 'ended')
  await waitForRow(panel, { fetch: 'ended', name: 'records released' })
  await waitForEnded(panel, 'ended')
  await press(panel, 'Record')
  const preserve = await panel.waitForSelector('aria/Preserve log[role="checkbox"]')
  await preserve?.click()
  await page.reload()
  await waitForRow(panel, { name: 'watching' })
  await eventually(async () => (await logRows(panel))[0]?.name).toBe('reloaded')
  expect(await rowsLike(panel, { fetch: 'ended' })).toEqual([])
  await waitForLive(panel, 'kept')
  expect(await endedRows(panel)).toEqual([])
  await preserve?.click()
  await pressAbort(panel, 'kept')
  await waitForEnded(panel, 'kept')
  await page.reload()
  await eventually(() => rowsLike(panel, { name: 'reloaded' })).toHaveLength(2)
  await waitForEnded(panel, 'kept')
})

inFullRun('Clear log empties the log and keeps live fetches', async () => {
  const { page, panel } = await openWithWorker(bench)
  await startFetch(page, 'still-here')
  await waitForRow(panel, { fetch: 'still-here', name: 'fetch started' })
  await press(panel, 'Clear log')
  await eventually(() => rowsLike(panel, { name: 'fetch started' })).toEqual([])
  await waitForLive(panel, 'still-here')
  await pressAbort(panel, 'still-here')
  await waitForRow(panel, { fetch: 'still-here', name: 'records released' })
})
