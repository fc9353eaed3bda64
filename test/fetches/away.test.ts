import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openAudited, verdictOf } from '../support/audit'
import { waitForRecorded } from '../support/events'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { media, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { endedRows } from '../support/rows'
import { waitForWorker } from '../support/trace'

const bench = useBench()

const SIZE = 1_200_000
const comeBack = (page: Page) => page.goto(new URL('/blank.html?again', bench.demo.url).href)

const endedRow = async (panel: Frame, id: string) => (await endedRows(panel)).find((row) => row.id === id)

/** Leaves the page for another one of its origin, which it holds back while the fetch ends: it hears nothing meanwhile. */
const leaveSlowly = async (page: Page) => {
  await page.evaluate(() =>
    addEventListener('pagehide', () => {
      const until = Date.now() + 6000
      while (Date.now() < until);
    }),
  )
  await comeBack(page)
}

inFullRun(
  'of a success while the page was being left, the last amount is said, and the next page reads its storage',
  async () => {
    const { page, panel } = await openAudited(bench, 'discard')
    await waitForWorker(panel)
    await startFetch(page, 'away', [media('sound', { size: SIZE })], { downloadTotal: SIZE })
    await waitForLive(panel, 'away', ({ now }) => (now ?? 0) > 0)
    await leaveSlowly(page)
    await waitForEnded(panel, 'away')
    expect(await endedRow(panel, 'away')).toMatchObject({
      outcome: 'success',
      progress: expect.stringMatching(/^last seen: [\d.]+ [kM]?B$/),
    })
    await waitForRow(panel, { fetch: 'away', name: 'end not observed' })
    await eventually(async () => (await verdictOf(panel, 'away')).gaps).toContainEqual(
      expect.stringMatching(/^the page that had read the storage earlier is gone/),
    )
  },
)

test('a page that is reloaded by its handler has lost what it had read of the storage', async () => {
  const { page, panel } = await openAudited(bench, 'slow')
  await startFetch(page, 'reloaded')
  await waitForRecorded(panel, 'storage-snapshot')
  await pressAbort(panel, 'reloaded')
  await waitForRow(panel, { fetch: 'reloaded', name: 'settled: failure, aborted' })
  await page.reload()
  await eventually(async () => (await verdictOf(panel, 'reloaded')).verdict).toMatch(
    /^unknown: nothing could be compared: the page that had read the storage earlier is gone/,
  )
})
