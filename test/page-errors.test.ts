import { expect, test } from 'vitest'
import { expand } from './log/reading'
import { useBench } from './support/harness'
import { abortInPage, registerWorker, startFetch } from './support/page'
import { eventually, waitForLive, waitForRow } from './support/panel'
import { pressAbort } from './support/press'
import { rowsLike } from './support/rows'
import { setTrace, waitForWorker } from './support/trace'

const bench = useBench()

test('what the page throws and does not handle soon after an abort is reported with its fetch', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await registerWorker(page)
  await waitForWorker(panel)
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('before it')
    })
  })
  await startFetch(page, 'talk')
  await waitForLive(panel, 'talk', ({ state }) => state === 'active')
  await pressAbort(panel, 'talk')
  await waitForRow(panel, { fetch: 'talk', name: 'abort requested' })
  await page.evaluate(() => {
    setTimeout(() => {
      throw new TypeError('no such card')
    })
    void Promise.reject(new Error('left alone'))
    Promise.reject(new Error('handled')).catch(() => {})
  })
  await waitForRow(panel, {
    fetch: 'talk',
    name: 'uncaught error in the page',
    text: /TypeError: no such card/,
  })
  await waitForRow(panel, { fetch: 'talk', name: 'unhandled rejection in the page', text: /left alone/ })
  expect(await rowsLike(panel, { text: /before it|: handled/ })).toEqual([])
})

test('of a fetch that the page aborted it is said how long after the end of the fetch it came', async () => {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await registerWorker(page)
  await waitForWorker(panel)
  await startFetch(page, 'talk')
  await waitForLive(panel, 'talk', ({ state }) => state === 'active')
  await abortInPage(page, 'talk')
  await waitForRow(panel, { fetch: 'talk', name: 'settled: failure, aborted' })
  await page.evaluate(() => {
    setTimeout(() => {
      throw new TypeError('no such card')
    })
  })
  await expand(panel, 'uncaught error in the page')
  await eventually(() =>
    panel.$$eval('[role="tree"] [role="treeitem"]', (all) =>
      all.map((item) => item.firstElementChild?.textContent ?? ''),
    ),
  ).toContainEqual(
    expect.stringMatching(/^text: "TypeError: no such card, .* after the fetch’s end was seen"/),
  )
})
