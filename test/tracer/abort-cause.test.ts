import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { abortInPage, media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { rowsLike } from '../support/rows'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()

/** A tab of which everything has been traced for more than a second. */
async function openTraced(): Promise<Tab> {
  const tab = await bench.openTab('/blank.html')
  const { page, panel } = tab
  await setTrace(panel, true)
  await registerWorker(page, { handler: 'discard' })
  await waitForWorker(panel)
  await startFetch(page, 'first', [media('endless')])
  await waitForLive(panel, 'first')
  await abortInPage(page, 'first')
  const abortedAt = Date.now()
  await waitForRow(panel, { fetch: 'first', name: /^verdict/, text: /^(?!.*so far)/ })
  // A call of the two seconds before a fetch may be one of a loop, of which not all are reported.
  await eventually(() => Date.now() - abortedAt).toBeGreaterThan(2500)
  return tab
}

test('an abort by another tab is said to be none of this one, where all of it was traced', async () => {
  const { page, panel } = await openTraced()
  const other = await bench.openPage('/blank.html')
  await startFetch(page, 'by-script', [media('endless')])
  await waitForLive(panel, 'by-script')
  await abortInPage(other, 'by-script')
  await waitForRow(panel, {
    fetch: 'by-script',
    name: 'no call of abort() seen',
    text: /download UI, another tab, another DevTools, another extension/,
  })
  expect(await rowsLike(panel, { fetch: 'first', name: 'no call of abort() seen' })).toEqual([])
})

inFullRun('an abort in the panel of another tab is named as one', async () => {
  const { page, panel } = await openTraced()
  const other = await bench.openNewTab('/blank.html')
  await startFetch(page, 'by-panel', [media('endless')])
  await waitForLive(panel, 'by-panel')
  await waitForLive(other.panel, 'by-panel')
  await pressAbort(other.panel, 'by-panel')
  await waitForRow(panel, { fetch: 'by-panel', name: 'aborted in another panel' })
  expect(await rowsLike(panel, { name: 'no call of abort() seen' })).toEqual([])
})
