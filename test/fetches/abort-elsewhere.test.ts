import type { Dialog } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { noticesOf, waitForNotice } from '../support/notices'
import { openFetch } from '../support/open-fetch'
import { abortInPage, registerWorker, startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { rowsLike } from '../support/rows'
import { story } from '../support/story'

const bench = useBench()

test('an abort by code in the page is reported as its, and not as one of this panel', async () => {
  const { page, panel } = await openFetch(bench, 'by-page')
  await abortInPage(page, 'by-page')
  await waitForRow(panel, { fetch: 'by-page', name: 'records released' })
  expect(await story(panel, 'by-page')).toEqual([
    'page fetch started',
    'page settled: failure, aborted',
    'page records released',
  ])
  await waitForRow(panel, { fetch: 'by-page', text: /Aborted by code in the page/ })
  await waitForGone(panel, 'by-page')
})

test('an abort by another tab of the origin is reported in the same way', async () => {
  const { panel } = await openFetch(bench, 'by-other-tab')
  const other = await bench.openPage('/blank.html')
  await abortInPage(other, 'by-other-tab')
  await waitForRow(panel, { fetch: 'by-other-tab', text: /Not aborted from this panel/ })
  await waitForGone(panel, 'by-other-tab')
})

test('Abort on a fetch that has finished meanwhile says so', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  const other = await bench.openPage('/blank.html')
  await registerWorker(page)
  await startFetch(page, 'crossed')
  await waitForLive(panel, 'crossed')

  // A dialog holds the page: what it hears of its fetch, it can't tell.
  const opened = new Promise<Dialog>((resolve) => page.once('dialog', resolve))
  await page.evaluate(() => void setTimeout(() => alert('wait')))
  const dialog = await opened
  await abortInPage(other, 'crossed')
  const ids = () => other.evaluate(async () => (await navigator.serviceWorker.ready).backgroundFetch.getIds())
  await eventually(ids).toEqual([])
  await pressAbort(panel, 'crossed')
  await waitForRow(panel, { fetch: 'crossed', name: 'abort requested' })
  await waitForNotice(panel, /^crossed aborting/)
  await waitForNotice(panel, /the page does not answer/)

  await dialog.accept()
  await waitForNotice(panel, /already finished/)
  expect((await noticesOf(panel)).filter((text) => /^crossed aborted/.test(text))).toEqual([])
  await waitForRow(panel, { fetch: 'crossed', name: /^abort\(\) (→ false|not called)$/ })
  await waitForGone(panel, 'crossed')
  expect(await rowsLike(panel, { fetch: 'crossed', name: 'settled: failure, aborted' })).toHaveLength(1)
})
