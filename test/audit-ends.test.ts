import { expect, test } from 'vitest'
import { openAudited, startAndAbort, startNoted, verdictOf } from './audit'
import { abortInPage, media, startFetch, useBench } from './harness'
import { rowsLike, waitForLive, waitForRow } from './panel'
import { setTrace } from './trace'

const bench = useBench()

const small = media('small', { size: 100_000, rate: 0 })

/** Starts a noted fetch behind another one, and lets it begin when it was seen. */
async function runNoted(tab: Awaited<ReturnType<typeof openAudited>>, id: string, urls: readonly string[]) {
  await startFetch(tab.page, 'front')
  await startNoted(tab.page, id, urls)
  await waitForLive(tab.panel, id)
  await waitForLive(tab.panel, 'front', ({ state }) => state === 'active')
  await abortInPage(tab.page, 'front')
}

test('clean: a success that stores everything', async () => {
  const tab = await openAudited(bench, 'discard')
  await runNoted(tab, 'talk', [small])
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toBe('clean one whole response was kept, nothing else is left')
  expect(shown.fates).toEqual([expect.stringMatching(/small\.wav.* stored in episodes$/)])
})

test('with the tracer off there is a verdict all the same, of what was left', async () => {
  const tab = await openAudited(bench, 'function')
  await setTrace(tab.panel, false)
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^leftovers Still there: longwave\/downloads: talk and one more/)
  await setTrace(tab.panel, true)
})

test('a page that goes away before the comparison leaves the verdict unknown, and says why', async () => {
  const tab = await openAudited(bench, 'slow')
  await startAndAbort(tab, 'talk')
  await waitForRow(tab.panel, { fetch: 'talk', name: 'settled: failure, aborted' })
  await tab.page.goto(new URL('/blank.html', bench.demo.otherOrigin).href)
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^unknown .*the page went away before its storage could be compared/)
  expect(await rowsLike(tab.panel, { fetch: 'talk', name: /^verdict/ })).toHaveLength(1)
})
