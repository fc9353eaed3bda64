import { afterEach, beforeEach, expect, test } from 'vitest'
import { verdictOf } from '../support/audit'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive } from '../support/panel'
import { logRows } from '../support/rows'
import type { Site } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { inPage, register, startVerdictSite, waitForBaseline } from './run'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startVerdictSite()
})
afterEach(() => site.close())

/** A worker that runs before it is traced: how many handlers it has is not known. */
async function abortIn(handler: string) {
  const first = await bench.openPage(site.url)
  await inPage(first, `await putRow('other', 1)`)
  await first.close()
  const { page, panel } = await bench.openTab(site.url)
  await setTrace(panel, false)
  await register(page, handler)
  await setTrace(panel, true)
  await waitForWorker(panel)
  await waitForBaseline(panel)
  await startFetch(page, 'dl-7', ['/endless'])
  await waitForLive(panel, 'dl-7')
  await abortInPage(page, 'dl-7')
  const shown = await verdictOf(panel, 'dl-7')
  const rows = (await logRows(panel)).filter(({ fetch }) => fetch === 'dl-7').map(({ text }) => text)
  expect(rows.join('\n')).not.toMatch(/(one|\d+) handlers?\b|no handler/)
  return shown
}

inFullRun('nothing is said of a handler that is not known, where nothing is new', async () => {
  expect((await abortIn('sync-late')).verdict).toBe('clean: nothing new, nothing left')
})

test('what is written after the event is not put down to a handler that is not known', async () => {
  const { verdict } = await abortIn('write-late')
  expect(verdict).toMatch(
    /^new items: 15 new rows in library\/items .*\(\d+ changed after the event ended\)$/,
  )
})
