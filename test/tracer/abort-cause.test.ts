import { expect, test } from 'vitest'
import { FULL, inFullRun, inTurn } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { abortInPage, addFrame, media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { endedRows, rowsLike } from '../support/rows'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()

/** Since this moment what was waited for lies longer ago than what is looked at of a fetch. */
const longSince = (at: number) => eventually(() => Date.now() - at).toBeGreaterThan(2500)

async function openTab(): Promise<Tab> {
  const tab = await bench.openTab('/blank.html')
  await setTrace(tab.panel, true)
  await registerWorker(tab.page, { handler: 'discard' })
  await waitForWorker(tab.panel)
  return tab
}

/** A tab of which everything has been traced for more than a second. */
async function openTraced(): Promise<Tab> {
  const tab = await openTab()
  const { page, panel } = tab
  await startFetch(page, 'first', [media('endless')])
  await waitForLive(panel, 'first')
  await abortInPage(page, 'first')
  const abortedAt = Date.now()
  await waitForRow(panel, { fetch: 'first', name: /^verdict/, text: /^(?!.*so far)/ })
  // A call of the two seconds before a fetch may be one of a loop, of which not all are reported.
  await longSince(abortedAt)
  return tab
}

test('of an abort by another tab it is said that no call of abort() was seen, where all of this tab was traced', async () => {
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

/** Each has a frame's script call `abort()` of the fetch when the frame goes. */
const AS_IT_GOES = {
  'in its pagehide': `addEventListener('pagehide', () => void one.abort()); parent.setTimeout(remove)`,
  'and removes itself': `setTimeout(() => { void one.abort(); remove() })`,
}

test.each(inTurn(1, Object.entries(AS_IT_GOES)))(
  'of an abort by a frame that calls it %s is not said that no call was seen',
  async (_, script) => {
    const { page, panel } = await openTraced()
    const frame = await addFrame(page, new URL('/blank.html?frame', bench.demo.url).href)
    await longSince(Date.now())
    await startFetch(page, 'by-frame', [media('endless')])
    await waitForLive(panel, 'by-frame')
    await frame.evaluate(`navigator.serviceWorker.getRegistration().then(async ({ backgroundFetch }) => {
      const one = await backgroundFetch.get('by-frame')
      const { frameElement } = self
      const remove = parent.Function('frame', 'return () => frame.remove()')(frameElement)
      ${script}
    })`)
    await waitForRow(panel, { fetch: 'by-frame', name: 'settled: failure, aborted' })
    await longSince(Date.now())
    expect(await rowsLike(panel, { name: 'no call of abort() seen' })).toEqual([])
  },
)

/** A line for each way of a script to have `abort()` called. */
const ABORTS = `self.aborts = {
  timer: (fetch) => setTimeout(fetch.abort.bind(fetch)),
  then: (fetch) => Promise.resolve().then(fetch.abort.bind(fetch)),
  bound: (fetch) => fetch.abort.bind(fetch)(),
  called: (fetch) => fetch.abort.call(fetch),
  applied: (fetch) => Reflect.apply(fetch.abort, fetch, []),
}
//# sourceURL=https://pod.example/aborts.js`

/** Starts a fetch and has it aborted in this way. */
async function abortBy({ page, panel }: Tab, way: string): Promise<void> {
  await startFetch(page, way, [media('endless')])
  await waitForLive(panel, way)
  await page.evaluate(`navigator.serviceWorker.ready.then(async ({ backgroundFetch }) => {
    self.aborts.${way}(await backgroundFetch.get('${way}'))
  })`)
}

test.each(FULL ? ['timer', 'then'] : [])(
  'of a bound abort() that the browser calls it is said that no call was seen, and not that it came from elsewhere (%s)',
  async (way) => {
    const tab = await openTraced()
    await tab.page.addScriptTag({ content: ABORTS })
    await abortBy(tab, way)
    await waitForRow(tab.panel, {
      fetch: way,
      name: 'no call of abort() seen',
      text: /may have been .*, or a callback of a script here that was made with abort\.bind\(\)/,
    })
    await waitForRow(tab.panel, { fetch: way, name: /^verdict/, text: /^(?!.*so far)/ })
    // The row of the end says of this panel only that it did not.
    const wrong = /not (aborted )?(from|by a script of) this tab|another panel/i
    const rows = await rowsLike(tab.panel, { fetch: way })
    expect(rows.filter(({ name, text }) => name === 'abort() called' || wrong.test(text))).toEqual([])
    expect((await endedRows(tab.panel)).map(({ outcome }) => outcome)).toContain('aborted · no call seen')
  },
)

test('a bound abort() that a script calls, and one that is called as a function, have the place of the call', async () => {
  const tab = await openTab()
  await tab.page.addScriptTag({ content: ABORTS })
  for (const [way, line] of [
    ['bound', 4],
    ['called', 5],
    ['applied', 6],
  ] as const) {
    await abortBy(tab, way)
    const text = new RegExp(`aborts\\.js:${line}\\b`)
    await waitForRow(tab.panel, { fetch: way, name: 'abort() called', text })
    await waitForRow(tab.panel, {
      fetch: way,
      name: 'settled: failure, aborted',
      text: /Aborted by the page/,
    })
  }
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
