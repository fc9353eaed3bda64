import { expect, test } from 'vitest'
import { openAudited, startAndAbort, startNoted, verdictOf } from '../support/audit'
import { inEveryRunIf, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, media, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import { inWorker, setTrace, waitForWorker } from '../support/trace'

const bench = useBench()

/** Far more than what a database takes for itself. */
const sound = media('sound', { size: 2_000_000, rate: 0 })

/** Starts a noted fetch behind another one, and lets it begin when it was seen. */
async function runNoted(tab: Awaited<ReturnType<typeof openAudited>>, id: string, urls: readonly string[]) {
  await startFetch(tab.page, 'front')
  await startNoted(tab.page, id, urls)
  await waitForLive(tab.panel, id)
  await waitForLive(tab.panel, 'front', ({ state }) => state === 'active')
  await abortInPage(tab.page, 'front')
}

inFullRun('stored: a success that stores everything', async () => {
  const tab = await openAudited(bench, 'discard')
  await runNoted(tab, 'talk', [sound])
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toBe('stored: 1 of 1 responses, 2.0 MB in episodes')
  expect(shown.requests).toEqual([expect.stringMatching(/sound\.wav.* stored in episodes$/)])
})

test('not stored: a success that stores nothing', async () => {
  const tab = await openAudited(bench, 'discard')
  await waitForWorker(tab.panel)
  await inWorker(bench.browser, bench.demo.url, 'void (Cache.prototype.put = async () => {})')
  await runNoted(tab, 'talk', [sound])
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^not stored: Not found in storage: 1 of 1 responses \(2\.0 MB\)/)
  expect(shown.requests).toEqual([
    expect.stringMatching(/sound\.wav.* answered, not found in the storage that was read$/),
  ])
})

for (const [reason, url] of [
  ['bad-status', () => media('missing', { status: 404, size: 44, rate: 0 })],
  ['fetch-error', () => new URL(media('foreign', { size: 100_000, rate: 0 }), bench.demo.otherOrigin).href],
] as const) {
  inEveryRunIf(reason === 'fetch-error')(
    `clean: a fetch that fails with ${reason}, and whose handler cleans up`,
    async () => {
      const tab = await openAudited(bench, 'discard')
      await runNoted(tab, 'talk', [url()])
      await waitForRow(tab.panel, { fetch: 'talk', name: `settled: failure, ${reason}` })
      const shown = await verdictOf(tab.panel, 'talk')
      expect(shown.findings).toEqual([])
      expect(shown.verdict).toBe('clean: nothing new, nothing left')
    },
  )
}

test('with the tracer off there is a verdict all the same, of what was left', async () => {
  const tab = await openAudited(bench, 'function')
  await setTrace(tab.panel, false)
  await startAndAbort(tab, 'talk')
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^left: 2 items name this fetch: /)
  await setTrace(tab.panel, true)
})

test('a page that goes away before the comparison leaves the verdict unknown, and says why', async () => {
  const tab = await openAudited(bench, 'slow')
  await startAndAbort(tab, 'talk')
  await waitForRow(tab.panel, { fetch: 'talk', name: 'settled: failure, aborted' })
  await tab.page.goto(new URL('/blank.html', bench.demo.otherOrigin).href)
  const shown = await verdictOf(tab.panel, 'talk')
  expect(shown.verdict).toMatch(/^unknown: .*the page was closed or left before its storage was compared/)
  expect(await rowsLike(tab.panel, { fetch: 'talk', name: /^verdict/ })).toHaveLength(1)
})
