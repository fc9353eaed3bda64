import { describe, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch, openTraced } from '../support/open-fetch'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForGone, waitForLive, waitForRow, waitForText } from '../support/panel'
import { button, press } from '../support/press'
import { story } from '../support/story'
import { workerRows } from '../support/trace'
import { violations } from '../support/violations'

const bench = useBench()

/** A download of a minute, whose size is known: it does not end by itself however busy the machine is. */
const slow = (name: string) => [media(name, { size: 60_000_000, rate: 1_000_000 })]
const known = { downloadTotal: 60_000_000 }

describe('a planned abort', () => {
  test('is planned, moved, removed and planned again with the keyboard, and comes at its moment', async () => {
    const { devtools, panel } = await openFetch(bench, 'half', {
      urls: slow('half'),
      ...known,
      until: ({ state }) => state === 'active',
    })
    const { keyboard } = devtools
    // Where there is little room, the button is there with the focus in its row.
    await panel.focus('tr[data-live="true"]')
    await (await button(panel, 'Abort half at…')).focus()
    await keyboard.press('Enter')
    await panel.waitForSelector('dialog[open]')
    expect(await violations(panel, 'label')).toEqual([])
    await panel.focus('dialog[open] [aria-label="Amount"]')
    await keyboard.down('Control')
    await keyboard.press('a')
    await keyboard.up('Control')
    await keyboard.type('90')
    await keyboard.press('Enter')
    await waitForRow(panel, { fetch: 'half', name: 'abort planned', text: /at 90%/, source: 'panel' })
    const mark = await panel.waitForSelector('[role="slider"][aria-label="Planned abort of half"]')
    expect(await violations(panel)).toEqual([])
    await mark?.focus()
    await keyboard.press('ArrowLeft')
    await waitForRow(panel, { fetch: 'half', name: 'abort planned', text: /at 89%/ })
    await keyboard.press('Delete')
    await waitForRow(panel, { fetch: 'half', name: 'planned abort removed', text: /removed in the panel/ })
    // Delete on a row aborts its fetch.
    await waitForLive(panel, 'half')
    await press(panel, 'Abort half at…')
    await panel.locator('dialog[open] [aria-label="Milliseconds"]').click()
    await press(panel, 'Plan abort')
    const fired = await waitForRow(panel, { fetch: 'half', name: 'planned abort' })
    expect(fired.text).toMatch(/after 1\.00 s: aborted after \d+\.\d\d s, [\d.]+ m?s later$/)
    await waitForRow(panel, { fetch: 'half', name: 'records released' })
    expect((await waitForEnded(panel, 'half')).outcome).toBe('aborted · panel')
    expect((await story(panel, 'half')).slice(-4)).toEqual([
      'panel planned abort',
      'page abort() → true',
      'page settled: failure, aborted',
      'page records released',
    ])
  })

  inFullRun(
    'for the next fetch of a pattern comes once; one that a reload takes away is said to be gone',
    async () => {
      const { page, panel } = await bench.openTab('/blank.html')
      await registerWorker(page)
      await press(panel, 'Abort next fetch at…')
      await panel.locator('dialog[open] input[required]').fill('map-*')
      await panel.locator('dialog[open] [aria-label="Amount"]').fill('4')
      await press(panel, 'Plan abort')
      await waitForText(panel, /Next fetch “map-\*”: abort at 4%/)
      await startFetch(page, 'other', [media('other', { size: 1000 })])
      await startFetch(page, 'map-1', slow('map-1'), known)
      await waitForRow(panel, { fetch: 'map-1', name: 'planned abort', text: /at 4%: aborted at [\d.]+%/ })
      await waitForGone(panel, 'map-1')
      await waitForEnded(panel, 'other', ({ outcome }) => outcome === 'success')

      await press(panel, 'Abort next fetch at…')
      await panel.locator('dialog[open] input[required]').fill('map-*')
      await press(panel, 'Plan abort')
      await waitForText(panel, /Next fetch “map-\*”/)
      await page.reload()
      await waitForRow(panel, { name: 'planned abort removed', text: /the page that was to abort|was left/ })
      await eventually(() => panel.$('[aria-label="Planned aborts"]')).toBe(null)
    },
  )

  test('stops the worker first where that was asked for, and the start for it is traced', async () => {
    const { page, panel } = await openTraced(bench)
    await startFetch(page, 'cold', slow('cold'), known)
    await waitForLive(panel, 'cold', ({ state }) => state === 'active')
    await press(panel, 'Abort cold at…')
    await panel.locator('dialog[open] label::-p-text(Stop its service worker)').click()
    await panel.locator('dialog[open] [aria-label="Milliseconds"]').click()
    await press(panel, 'Plan abort')
    const fired = await waitForRow(panel, { fetch: 'cold', name: 'planned abort' })
    expect(fired.text).toMatch(/after 1\.00 s: .*; its worker was stopped first$/)
    await waitForRow(panel, { fetch: 'cold', name: 'records released' })
    await waitForRow(panel, { source: 'worker', name: 'worker stopped' })
    expect((await workerRows(panel, 'cold')).length).toBeGreaterThan(0)
  })
})
