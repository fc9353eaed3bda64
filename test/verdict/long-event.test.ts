import { afterEach, beforeEach, expect } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { abortInPage, startFetch } from '../support/page'
import { waitForLive } from '../support/panel'
import { rowsLike } from '../support/rows'
import type { Site } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { inPage, register, startVerdictSite, waitForBaseline } from './run'

/** An event that goes on is judged after half a minute; the browser ends it after five. */
const HALF_MINUTE = { timeout: 60_000, interval: 500 }
const FIVE_MINUTES = { timeout: 340_000, interval: 2000 }

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startVerdictSite()
})
afterEach(() => site.close())

for (const traced of [true, false]) {
  inFullRun(
    `a handler that removes its row and waits for a request that hangs stays wrong, in rows that do not change (${traced ? 'traced' : 'untraced'})`,
    async () => {
      const { page, panel } = await bench.openTab(site.url)
      await setTrace(panel, traced)
      await register(page, 'hangs')
      await inPage(page, `await putRow('other', 1)`)
      if (traced) await waitForWorker(panel)
      await waitForBaseline(panel)
      await inPage(page, `await putRow('dl-7', { state: 'sending' })`)
      await startFetch(page, 'dl-7', ['/endless'])
      await waitForLive(panel, 'dl-7')
      await abortInPage(page, 'dl-7')
      const verdicts = async () => {
        const rows = await rowsLike(panel, { fetch: 'dl-7', name: /^verdict: / })
        return rows.map(({ text }) => text)
      }
      const open = traced
        ? /^verdict: wrong so far The event is not over.*promise #1/
        : /^verdict: wrong so far/
      await expect.poll(verdicts, HALF_MINUTE).toEqual([expect.stringMatching(open)])
      const before = await verdicts()

      const ended = /^verdict: wrong The browser ended the event after 5 min \d+ s/
      await expect.poll(async () => (await verdicts()).at(-1), FIVE_MINUTES).toMatch(ended)
      const all = await verdicts()
      if (traced) expect(all.at(-1)).toMatch(/promise #1 never settled/)
      else expect(all.join('\n')).not.toMatch(/promise #/)
      expect(all.slice(0, before.length)).toEqual(before)
      for (const text of all) expect(text).toMatch(/^verdict: wrong/)
    },
    420_000,
  )
}
