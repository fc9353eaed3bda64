import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { startFetch } from '../support/page'
import { eventually, waitForEnded, waitForGone, waitForLive, waitForRow, waitForText } from '../support/panel'
import { button } from '../support/press'
import { logRows } from '../support/rows'
import { reloadPanel } from '../support/tab'

const bench = useBench()

/** What has the focus, in short. */
const focused = (panel: Frame): Promise<string> =>
  panel.evaluate(() => {
    const it = document.activeElement
    const name = it?.querySelector('b, [data-select]') ?? it?.querySelector('[title]') ?? it
    return it?.getAttribute('aria-label') ?? name?.textContent ?? ''
  })

/** Presses a key until this has the focus. */
async function until(devtools: Page, panel: Frame, key: 'Tab' | 'ArrowUp' | 'ArrowDown', name: string) {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(panel)).startsWith(name)) return
    await devtools.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${name}, but to ${await focused(panel)}.`)
}

test('a fetch is found, aborted and looked into with the keyboard alone', async () => {
  const { page, devtools, panel } = await openWithWorker(bench)
  await startFetch(page, 'other')
  await startFetch(page, 'wanted')
  await waitForLive(panel, 'wanted')
  await (await button(panel, 'Clear log')).focus()
  await until(devtools, panel, 'Tab', 'other')
  await devtools.keyboard.press('ArrowDown')
  await eventually(() => focused(panel)).toBe('wanted')
  await devtools.keyboard.press('Delete')
  await waitForGone(panel, 'wanted')
  await waitForLive(panel, 'other')
  // The focus goes along with its row, which says how it ended.
  await waitForEnded(panel, 'wanted', ({ outcome }) => outcome === 'aborted · panel')
  await eventually(() => focused(panel)).toBe('wanted')
  const over = await waitForRow(panel, { fetch: 'wanted', name: 'records released' })
  await panel.focus('[aria-label="Event log"] [data-row][tabindex="0"]')
  await devtools.keyboard.press('End')
  await until(devtools, panel, 'ArrowUp', over.name)
  await devtools.keyboard.press('Enter')
  await panel.waitForSelector('section[aria-label="Details of the selected fetch"]')
  await waitForText(panel, /wanted/)
  expect(await focused(panel)).toBe(over.name)
})

test('rows open and close, and their data is walked through', async () => {
  const { page, devtools, panel } = await openWithWorker(bench)
  await startFetch(page, 'walked')
  await waitForRow(panel, { fetch: 'walked', name: 'fetch started' })
  await panel.focus('[aria-label="Event log"] [data-row][tabindex="0"]')
  await devtools.keyboard.press('Home')
  const [first] = await logRows(panel)
  await eventually(() => focused(panel)).toBe(first?.name)
  await devtools.keyboard.press('ArrowRight')
  await panel.waitForSelector('[data-row][aria-expanded="true"]')
  await panel.waitForSelector('[role="treeitem"]')
  await devtools.keyboard.press('ArrowRight')
  await eventually(() => focused(panel)).toMatch(/^time: /)
  await devtools.keyboard.press('End')
  await eventually(() => focused(panel)).not.toMatch(/^time: /)
  await devtools.keyboard.press('Home')
  await devtools.keyboard.press('ArrowLeft')
  await eventually(() => focused(panel)).toBe(first?.name)
  await devtools.keyboard.press('ArrowLeft')
  await eventually(() => panel.$('[role="tree"]')).toBeNull()
  // One row of the log is a stop for Tab, and no more than one.
  expect(await panel.$$eval('[data-row][tabindex="0"]', (rows) => rows.length)).toBe(1)
})

test('the toolbar is one stop, and its arrows go round', async () => {
  const { devtools, panel } = await bench.openTab('/blank.html')
  await (await button(panel, 'Clear log')).focus()
  await devtools.keyboard.press('ArrowRight')
  expect(await focused(panel)).toBe('Pause log')
  await devtools.keyboard.press('Home')
  await devtools.keyboard.press('ArrowLeft')
  expect(await focused(panel)).toBe('Timeline')
  await devtools.keyboard.press('Tab')
  expect(await focused(panel)).toBe('Filter log')
  await devtools.keyboard.press('Tab')
  expect(await focused(panel)).toMatch(/^Log levels/)
  await devtools.keyboard.press('Tab')
  expect(await focused(panel)).toBe('Record')
  await devtools.keyboard.press('ArrowRight')
  expect(await focused(panel)).toBe('More options')
  await devtools.keyboard.down('Shift')
  for (let i = 0; i < 3; i++) await devtools.keyboard.press('Tab')
  await devtools.keyboard.up('Shift')
  expect(await focused(panel)).toBe('Timeline')
})

test('plain keys work outside text fields, and are text inside', async () => {
  const { devtools, panel } = await bench.openTab('/blank.html')
  await (await button(panel, 'Clear log')).focus()
  await devtools.keyboard.press('?')
  await panel.waitForSelector('dialog[open]')
  expect(await panel.$eval('dialog[open]', (it) => it.textContent)).toContain('Keyboard shortcuts')
  await devtools.keyboard.press('Escape')
  await eventually(() => panel.$('dialog[open]')).toBeNull()
  await (await button(panel, 'Clear log')).focus()
  await devtools.keyboard.press('p')
  await panel.waitForSelector('[aria-label^="Resume log"]')
  await devtools.keyboard.press('p')
  await panel.waitForSelector('[aria-label="Pause log"]')
  await devtools.keyboard.press('/')
  expect(await focused(panel)).toBe('Filter log')
  await devtools.keyboard.type('p?')
  expect(await panel.$eval('input[type="search"]', (it) => (it as HTMLInputElement).value)).toBe('p?')
  expect(await panel.$('dialog[open]')).toBeNull()
  await panel.waitForSelector('[aria-label="Pause log"]')
})

inFullRun('a plain key right after the help has closed is heard', async () => {
  const { devtools, panel } = await bench.openTab('/blank.html')
  await (await button(panel, 'Clear log')).focus()
  await devtools.keyboard.press('?')
  await panel.waitForSelector('dialog[open]')
  // The browser reports the close later.
  await panel.$eval('dialog[open]', (dialog) => {
    ;(dialog as HTMLDialogElement).close()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true, cancelable: true }))
  })
  await panel.waitForSelector('[aria-label^="Resume log"]')
})

inFullRun('a pane is resized at its edge', async () => {
  const { devtools, panel } = await openFetch(bench, 'resized')
  await panel.focus('[aria-label="Background fetches"] tbody tr')
  await devtools.keyboard.press('Enter')
  const edge = await panel.waitForSelector('[role="separator"]')
  const value = () => panel.$eval('[role="separator"]', (it) => Number(it.getAttribute('aria-valuenow')))
  const limit = () => panel.$eval('[role="separator"]', (it) => Number(it.getAttribute('aria-valuemax')))
  await edge?.focus()
  const before = await value()
  await devtools.keyboard.press('ArrowLeft')
  await eventually(value).toBe(before + 16)
  await devtools.keyboard.press('Home')
  await eventually(value).toBe(120)
  await devtools.keyboard.press('End')
  await eventually(value).toBe(await limit())
})

test('panes side by side are resized, remember it, and leave room for the log', async () => {
  const { devtools, panel } = await openFetch(bench, 'low')
  await devtools.setViewport({ width: 1200, height: 300 })
  const table = '[role="separator"][aria-label="Resize list of fetches"]'
  const widthOf = (selector: string) =>
    panel.$eval(selector, (it) => Math.round(it.getBoundingClientRect().width))
  const list = () => widthOf('[aria-label="Background fetches"]')
  await panel.waitForSelector(table)
  const before = await list()
  await panel.focus(table)
  await devtools.keyboard.press('ArrowRight')
  await eventually(list).toBe(before + 16)
  await reloadPanel(panel)
  await panel.waitForSelector(table)
  await eventually(list).toBe(before + 16)
  await panel.focus(table)
  await devtools.keyboard.press('End')
  await eventually(list).toBeGreaterThan(800)
  expect(await widthOf('[aria-label="Event log"]')).toBeGreaterThanOrEqual(240)
  // From where it is, and not from where it would be with more room.
  const most = await list()
  await devtools.keyboard.press('ArrowLeft')
  await eventually(list).toBe(most - 16)
})
