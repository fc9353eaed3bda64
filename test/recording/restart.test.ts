import { expect, test } from 'vitest'
import { killBackground } from '../support/background'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch } from '../support/open-fetch'
import { startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { logRows } from '../support/rows'
import { ABORTED, story } from '../support/story'

const bench = useBench({ own: true })

const opened = async (panel: Parameters<typeof logRows>[0]) =>
  (await logRows(panel)).filter(({ name }) => name === 'panel opened').length

inFullRun('after the background was stopped the panel is connected again by itself', async () => {
  const { page, panel } = await openFetch(bench, 'across')
  const before = await waitForLive(panel, 'across', ({ state }) => state === 'active')
  await killBackground(bench.browser)
  await waitForLive(panel, 'across', ({ progress }) => progress !== before.progress)
  await startFetch(page, 'later')
  await waitForLive(panel, 'later')
  await pressAbort(panel, 'across')
  await waitForRow(panel, { fetch: 'across', name: 'records released' })
  expect(await story(panel, 'across')).toEqual(ABORTED)
  expect(await opened(panel)).toBe(1)
})

test('an abort goes on while the background is stopped, and nothing is lost or doubled', async () => {
  const { page, panel } = await openFetch(bench, 'interrupted', {
    handler: 'never',
    until: ({ state }) => state === 'active',
  })
  await pressAbort(panel, 'interrupted')
  await waitForRow(panel, { fetch: 'interrupted', name: 'settled: failure, aborted' })
  await killBackground(bench.browser)
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'confirm-clean-up' })
  })
  await waitForRow(panel, { fetch: 'interrupted', name: 'records released' })
  expect(await story(panel, 'interrupted')).toEqual(ABORTED)
})

test('Abort pressed right when the background is stopped is not forgotten', async () => {
  const { panel } = await openFetch(bench, 'at-the-moment')
  await Promise.all([killBackground(bench.browser), pressAbort(panel, 'at-the-moment')])
  await waitForRow(panel, { fetch: 'at-the-moment', name: /^(abort requested|settled)/ })
  await waitForGone(panel, 'at-the-moment')
  const rows = await story(panel, 'at-the-moment')
  expect(new Set(rows).size).toBe(rows.length)
})

inFullRun(
  'the log of before is still there for a panel that is opened after the background was stopped',
  async () => {
    const tab = await openFetch(bench, 'stored')
    const { page, devtools, panel } = tab
    await killBackground(bench.browser)
    await startFetch(page, 'sign of life')
    await waitForLive(panel, 'sign of life')
    await pressAbort(panel, 'stored')
    await waitForRow(panel, { fetch: 'stored', name: 'records released' })
    await devtools.close()
    await killBackground(bench.browser)
    const { panel: again } = await bench.reopen(tab)
    await waitForRow(again, { fetch: 'stored', name: 'records released' })
    await eventually(() => story(again, 'stored')).toEqual(ABORTED)
  },
)
