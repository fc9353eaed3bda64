import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { openAudited, startAndAbort, verdictOf } from '../support/audit'
import { clipboardText } from '../support/clipboard'
import { useBench } from '../support/harness'
import { chooseEntry, type MenuKey, menuEntries, openMenuByKey } from '../support/menu'
import { openTraced } from '../support/open-fetch'
import { startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { filterLog, press } from '../support/press'
import { pressAbortNow, waterfallOf } from '../support/trace'

const bench = useBench()

/** What the row of the log says that has the focus. */
const focusedRow = (panel: Frame) =>
  eventually(() => panel.evaluate(() => document.activeElement?.closest('[data-row]')?.textContent ?? ''))

const copied = (devtools: Page, panel: Frame) => eventually(() => clipboardText(devtools, panel))

/** Opens the menu of an element with the pointer, and with a key of what has the focus in it, and reads both. */
async function menusOf(devtools: Page, panel: Frame, selector: string, key: MenuKey, focus = selector) {
  const element = await panel.waitForSelector(selector)
  await element?.click({ button: 'right', offset: { x: 3, y: 3 } })
  await eventually(async () => (await menuEntries(panel)).length).toBeGreaterThan(0)
  const byPointer = await menuEntries(panel)
  await devtools.keyboard.press('Escape')
  await eventually(() => menuEntries(panel)).toEqual([])
  await panel.focus(focus)
  await openMenuByKey(devtools, key)
  await eventually(() => menuEntries(panel)).toEqual(byPointer)
  return byPointer
}

/** Opens the menu of what has the focus with a key, and chooses one of its entries. */
async function chooseByKey(devtools: Page, panel: Frame, label: string) {
  await openMenuByKey(devtools)
  await eventually(() => menuEntries(panel)).toContain(label)
  await chooseEntry(panel, label)
}

test('a service worker has the entries of its button in a context menu', async () => {
  const { devtools, panel } = await openTraced(bench)
  const worker = '[aria-label="Service workers"] > li'
  const expected = ['Restart and trace', 'Update', 'Unregister…', 'Show in Sources panel']
  expect(await menusOf(devtools, panel, worker, 'ContextMenu', `${worker} button`)).toEqual(expected)
  await chooseEntry(panel, 'Unregister…')
  await panel.waitForSelector('[role="alertdialog"]')
})

test('a finding is copied and deleted from its menu', async () => {
  const tab = await openAudited(bench, 'forget-rows')
  const { devtools, panel } = tab
  await startAndAbort(tab, 'talk')
  await verdictOf(panel, 'talk')
  const items = await panel.$$eval('[aria-label="Findings"] > li', (all) => all.map((one) => one.textContent))
  const index = items.findIndex((text) => text?.includes('longwave/downloads'))
  expect(index).toBeGreaterThanOrEqual(0)
  // A list for each kind of findings.
  await panel.$$eval(
    '[aria-label="Findings"] > li',
    (all, index) => all[index]?.setAttribute('id', 'it'),
    index,
  )
  const expected = ['Copy text', 'Copy name', 'Delete…', 'Ignore on this site', 'Disable rule']
  expect(await menusOf(devtools, panel, '#it', 'Shift+F10', '#it button:last-child')).toEqual(expected)
  await chooseEntry(panel, 'Copy text')
  await copied(devtools, panel).toMatch(/\nlongwave\/downloads: talk\n./)
  await panel.focus('#it button:last-child')
  await chooseByKey(devtools, panel, 'Copy name')
  await copied(devtools, panel).toBe('talk')
  await panel.focus('#it button:last-child')
  await chooseByKey(devtools, panel, 'Delete…')
  await panel.waitForSelector('#it [role="alertdialog"]')
})

test('bars and rows of the handler are copied, and found in the log', async () => {
  const { page, panel, devtools } = await openTraced(bench)
  await startFetch(page, 'bars')
  await waitForLive(panel, 'bars', ({ state }) => state === 'active')
  await pressAbortNow(panel, 'bars')
  await waitForRow(panel, { fetch: 'bars', name: 'backgroundfetchabort done' })
  await waitForRow(panel, { fetch: 'bars', name: 'records released' })
  await waterfallOf(panel, 'bars')

  const filters = ['Filter for fetch:bars', 'Filter out fetch:bars']
  const bar = 'ul[aria-label="Waterfall"] > li'
  expect(await menusOf(devtools, panel, `${bar}:first-child`, 'ContextMenu')).toEqual([
    'Copy text',
    'Show in log',
    ...filters,
  ])
  await chooseEntry(panel, 'Copy text')
  await copied(devtools, panel).toMatch(/^abort\(\): from 0\.0 ms, [\d.]+ m?s$/)
  await panel.focus(`${bar}:first-child`)
  await devtools.keyboard.press('ArrowDown')
  await chooseByKey(devtools, panel, 'Show in log')
  await focusedRow(panel).toMatch(/abort requested|settled: failure/)

  const row = 'section[aria-label="backgroundfetchabort"] li'
  const entries = await menusOf(devtools, panel, `${row}:first-child`, 'Shift+F10')
  expect(entries).toEqual(expect.arrayContaining(['Show in log', 'Copy row as JSON', ...filters]))
  await chooseEntry(panel, 'Filter out fetch:bars')
  await eventually(() =>
    panel.$$eval('[data-row]', (all) => all.map((one) => one.textContent).join()),
  ).not.toMatch('backgroundfetchabort dispatched')
  // What hides the row is taken back.
  await panel.focus(`${row}:first-child`)
  await chooseByKey(devtools, panel, 'Show in log')
  await focusedRow(panel).toMatch('backgroundfetchabort dispatched')

  await filterLog(panel, '')
  await press(panel, 'Timeline')
  const grid = '[aria-label="Fetches on the timeline"]'
  const track = await menusOf(devtools, panel, `${grid} [role="rowheader"]`, 'ContextMenu', grid)
  expect(track.slice(0, 3)).toEqual(['Copy text', 'Show in log', 'Copy ID'])
  await devtools.keyboard.press('Escape')
  await eventually(() => menuEntries(panel)).toEqual([])
  await panel.focus(grid)
  for (const key of ['Home', 'ArrowRight'] as const) await devtools.keyboard.press(key)
  await chooseByKey(devtools, panel, 'Copy text')
  await copied(devtools, panel).toMatch(/^no bytes yet: /)
})
