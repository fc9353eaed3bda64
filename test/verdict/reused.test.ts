import { afterEach, beforeEach, expect, test } from 'vitest'
import { verdictOf } from '../support/audit'
import { FULL, inEveryRunIf, inTurn } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import type { Site } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { inPage, register, startVerdictSite, waitForBaseline } from './run'

const FINAL = /^verdict: (?!.* so far$)/

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startVerdictSite()
})
afterEach(() => site.close())

async function open(handler: string, traced: boolean) {
  const tab = await bench.openTab(site.url)
  await setTrace(tab.panel, traced)
  await register(tab.page, handler)
  if (traced) await waitForWorker(tab.panel)
  await waitForBaseline(tab.panel)
  return tab
}

for (const traced of [true, false]) {
  const how = traced ? 'traced' : 'untraced'

  inEveryRunIf(traced).each(
    inTurn(Number(traced), [
      ['after the page has started the id again and written another row', 'again'],
      ['after the page has written the same row and started the id again', 'before'],
    ]),
  )(`a handler that deletes by id, %s (${how})`, async (_, when) => {
    const { page, panel } = await open('delete-later', traced)
    const write = (row: string) => inPage(page, `await putRow('dl-7', ${row})`)
    await write(`{ state: 'sending' }`)
    await startFetch(page, 'dl-7', ['/endless'])
    await waitForLive(panel, 'dl-7')
    await abortInPage(page, 'dl-7')
    await waitForRow(panel, { fetch: 'dl-7', name: 'settled: failure, aborted' })
    if (when === 'before') await write(`{ state: 'sending' }`)
    await startFetch(page, 'dl-7', ['/endless'])
    // The storage is read as soon as it is found, before bytes have come.
    await waitForLive(panel, 'dl-7', ({ state }) => state === 'active')
    if (when === 'again') await write(`{ state: 'sending', again: true }`)
    const first = await verdictOf(panel, 'dl-7')
    // Whose row it was is known only where it changed while the second one ran.
    expect(first.verdict).toMatch(
      when === 'again'
        ? /^wrong: The handler, or the page, removed what the running fetch of the same ID wrote\. library\/items: dl-7/
        : /^unknown: .*its ID was in use again before the storage was compared/,
    )
    await abortInPage(page, 'dl-7')
    const second = await verdictOf(panel, 'dl-7 #2')
    expect(second.verdict).toMatch(/^(clean|unknown): /)
    expect(second.findings).toEqual([])
  })

  if (!traced && !FULL) continue

  test(`an id that is started and aborted in a fast loop is never blamed for another run of it (${how})`, async () => {
    const { page, panel } = await open('delete-row', traced)
    // The handler makes the store.
    await inPage(page, `await putRow('other', 1)`)
    await page.evaluate(async () => {
      const { backgroundFetch } = await navigator.serviceWorker.ready
      for (let n = 0; n < 6; n++) await (await backgroundFetch.fetch('dl-7', ['/endless'])).abort()
    })
    await startFetch(page, 'dl-7', ['/endless'])
    await waitForLive(panel, 'dl-7')
    await abortInPage(page, 'dl-7')
    if (traced) {
      const ends = () => rowsLike(panel, { name: 'backgroundfetchabort done' })
      await expect.poll(async () => (await ends()).length, { timeout: 15_000 }).toBe(7)
      await waitForRow(panel, { name: FINAL })
    } else await waitForRow(panel, { name: /^(verdict: (?!.* so far$)|no longer listed$)/ })
    const verdicts = await rowsLike(panel, { name: /^verdict: / })
    for (const { name } of verdicts) expect(name).toMatch(/^verdict: (clean|unknown|new items)( so far)?$/)
    for (const { text } of verdicts) expect(text).not.toMatch(/dl-7/)
  })
}
