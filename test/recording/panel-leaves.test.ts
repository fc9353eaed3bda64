import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openAudited, startAndAbort, verdictOf } from '../support/audit'
import { countBridges } from '../support/bridges'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { eventually, waitForRow } from '../support/panel'
import { logRows, rowsLike } from '../support/rows'
import { reloadPanel } from '../support/tab'

const bench = useBench()

/** Ends the handler that waits for a page. */
const confirm = (page: Page) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'confirm-clean-up' })
  })

const count = async (panel: Frame, name: string) =>
  (await logRows(panel)).filter((row) => row.name === name).length

inFullRun(
  'the panel is loaded anew while the handler runs: the verdict is the one it would have been',
  async () => {
    const tab = await openAudited(bench, 'never')
    const { page, panel } = tab
    await startAndAbort(tab, 'reloaded')
    await waitForRow(panel, { fetch: 'reloaded', name: 'settled: failure, aborted' })
    const opened = await count(panel, 'panel opened')
    await reloadPanel(panel)
    await waitForRow(panel, { fetch: 'reloaded', name: 'settled: failure, aborted' })
    expect(await countBridges(page)).toBe(1)
    await confirm(page)
    const shown = await verdictOf(panel, 'reloaded')
    expect(shown.verdict).toBe('clean: nothing new, nothing left')
    expect(await count(panel, 'panel opened')).toBe(opened)
    expect(await rowsLike(panel, { name: 'panel closed' })).toEqual([])
  },
)

inFullRun(
  'the panel is loaded anew after the handler, before the verdict: it comes all the same',
  async () => {
    const tab = await openAudited(bench, 'discard')
    const { panel } = tab
    await startAndAbort(tab, 'reloaded')
    await waitForRow(panel, { fetch: 'reloaded', name: 'records released' })
    await reloadPanel(panel)
    const shown = await verdictOf(panel, 'reloaded')
    expect(shown.verdict).toBe('clean: nothing new, nothing left')
  },
)

test('DevTools is closed while the handler runs: the verdict is unknown, and says why', async () => {
  const tab = await openAudited(bench, 'never')
  const { page, devtools, panel } = tab
  await startAndAbort(tab, 'closed')
  await waitForRow(panel, { fetch: 'closed', name: 'settled: failure, aborted' })
  await devtools.close()
  await eventually(() => countBridges(page)).toBe(0)
  await confirm(page)
  const { panel: again } = await bench.reopen(tab)
  const shown = await verdictOf(again, 'closed')
  expect(shown.verdict).toMatch(/^unknown: .*DevTools was closed before the storage was compared/)
  expect(await rowsLike(again, { fetch: 'closed', name: /^verdict/ })).toHaveLength(1)
})
