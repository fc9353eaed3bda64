import { describe, expect, test } from 'vitest'
import { inEveryRunIf, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { waitForNotice } from '../support/notices'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow } from '../support/panel'
import { abortButton, button, press, pressAbort, pressWithMouse } from '../support/press'
import { ABORTED, story } from '../support/story'

const bench = useBench()

describe('Abort', () => {
  test('reports the four steps in order and takes the fetch out of the table', async () => {
    const { panel } = await openFetch(bench, 'pressed', { until: ({ state }) => state === 'active' })
    await pressWithMouse(panel, 'Abort pressed')
    // The verdict follows.
    await waitForNotice(panel, /^pressed (aborted; the page answered after|[\w ]+: )/)
    await waitForRow(panel, { fetch: 'pressed', name: 'records released' })
    expect(await story(panel, 'pressed')).toEqual(ABORTED)
    await waitForGone(panel, 'pressed')
    const settled = await waitForRow(panel, { fetch: 'pressed', name: /^settled/ })
    expect(settled.delta).toMatch(/^\+\d/)
  })

  for (const key of ['Enter', 'Space'] as const) {
    inEveryRunIf(key === 'Enter')(`works with ${key} on the focused button`, async () => {
      const { page, devtools, panel } = await openWithWorker(bench)
      await startFetch(page, `by-${key}`)
      const target = await abortButton(panel, `by-${key}`)
      await target.focus()
      await devtools.keyboard.press(key)
      await waitForRow(panel, { fetch: `by-${key}`, name: 'records released' })
      expect(await story(panel, `by-${key}`)).toEqual(ABORTED)
      await waitForGone(panel, `by-${key}`)
    })
  }

  inFullRun('is reached with Tab from the toolbar', async () => {
    const { page, devtools, panel } = await openWithWorker(bench)
    await startFetch(page, 'tabbed')
    await abortButton(panel, 'tabbed')
    await (await button(panel, 'Clear log')).focus()
    const focused = () => panel.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
    for (let presses = 0; presses < 12 && (await focused()) !== 'Abort tabbed'; presses++) {
      await devtools.keyboard.press('Tab')
    }
    expect(await focused()).toBe('Abort tabbed')
    await devtools.keyboard.press('Enter')
    await waitForGone(panel, 'tabbed')
  })

  inFullRun('ends a fetch that is still queued', async () => {
    const { page, panel } = await openWithWorker(bench)
    await startFetch(page, 'running')
    await startFetch(page, 'waiting')
    await waitForLive(panel, 'waiting', ({ state }) => state === 'queued')
    await pressAbort(panel, 'waiting')
    await waitForRow(panel, { fetch: 'waiting', name: 'records released' })
    expect(await story(panel, 'waiting')).toEqual(ABORTED)
    await waitForLive(panel, 'running')
  })

  test('all: ends every fetch, each with its own rows', async () => {
    const { page, panel } = await openWithWorker(bench)
    await registerWorker(page, { scope: '/library/', script: '/library/sw.js' })
    await startFetch(page, 'all-1')
    await startFetch(page, 'all-2')
    await startFetch(page, 'all-3', undefined, { scope: '/library/' })
    const ids = ['all-1', 'all-2', 'all-3']
    for (const id of ids) await waitForLive(panel, id)
    await press(panel, 'Abort all')
    for (const id of ids) {
      await waitForRow(panel, { fetch: id, name: 'records released' })
      expect(await story(panel, id)).toEqual(ABORTED)
      await waitForGone(panel, id)
    }
    await eventually(async () => (await button(panel, 'Abort all')).evaluate((it) => it.disabled)).toBe(true)
  })
})
