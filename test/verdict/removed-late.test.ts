import { afterEach, beforeEach, expect, test } from 'vitest'
import { verdictOf } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import type { Site } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { inPage, register, startVerdictSite, waitForBaseline } from './run'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startVerdictSite()
})
afterEach(() => site.close())

/** Aborts a fetch for which the page had made a cache and two rows that do not name it. */
async function abortWith(handler: string, traced = true) {
  const first = await bench.openPage(site.url)
  await inPage(first, `await putRow('other', 1); await putRow('other', 1, 'queue')`)
  await first.close()
  const { page, panel } = await bench.openTab(site.url)
  await setTrace(panel, traced)
  await register(page, handler)
  if (traced) await waitForWorker(panel)
  await waitForBaseline(panel)
  await startFetch(page, 'dl-7', ['/endless'])
  await inPage(
    page,
    `await caches.open('podcast-7'); await putRow('s2e41', 1); await putRow('s2e41', 1, 'queue')`,
  )
  await waitForLive(panel, 'dl-7', ({ state }) => state === 'active')
  await abortInPage(page, 'dl-7')
  return panel
}

const REMOVED = / (library|queue)\/items: s2e41 \(removed .* s after the event ended\)/

test('what a handler removes seconds after its event is said to have come late, and nothing to be left', async () => {
  const panel = await abortWith('delete-late')
  await waitForRow(panel, { fetch: 'dl-7', name: 'verdict changed: wrong' })
  const { verdict } = await verdictOf(panel, 'dl-7')
  expect(verdict).toMatch(/^wrong: Storage changed after the event ended: if the worker did it/)
  expect(verdict).toMatch(REMOVED)
  expect(verdict).not.toMatch(/new|empty/)
})

inFullRun('the same where it comes before the storage is read for the last time', async () => {
  const { verdict } = await verdictOf(await abortWith('delete-soon-late'), 'dl-7')
  expect(verdict).toMatch(/^wrong: Storage changed after the event ended/)
  expect(verdict).toMatch(REMOVED)
})

inFullRun('of a worker that is not traced it is not known', async () => {
  const panel = await abortWith('delete-late', false)
  await waitForRow(panel, { fetch: 'dl-7', name: 'verdict changed: unknown' })
  const { verdict, findings } = await verdictOf(panel, 'dl-7')
  expect(verdict).toMatch(/items were new .* whether the handler did that is not known/)
  expect(findings).toEqual([])
})
