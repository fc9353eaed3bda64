import type { Browser, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { killBackground } from '../support/background'
import { countBridges } from '../support/bridges'
import { inFullRun } from '../support/full'
import { openTallPanel, type Tab, useBench } from '../support/harness'
import { clickIcon } from '../support/icon'
import { abortInPage, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow, waitForText } from '../support/panel'
import { press } from '../support/press'
import { closeList, emptyList, listed, openList, saved, setRecording } from '../support/recordings'
import { logRows, rowsLike } from '../support/rows'
import { inExtension, isDebugged, setTrace, tabIdOf } from '../support/trace'

const bench = useBench({ own: true })

const badgeOf = async (browser: Browser, page: Page): Promise<string> =>
  inExtension(browser, `chrome.action.getBadgeText({ tabId: ${await tabIdOf(browser, page)} })`)

/** How long the extension's worker has been running, in milliseconds. */
const age = (browser: Browser): Promise<number> => inExtension(browser, 'performance.now()')

/** Keeps on recording the tab, and closes its DevTools. */
async function leaveRecorded({ panel, devtools }: Tab): Promise<void> {
  await setRecording(panel, true)
  await devtools.close()
  await eventually(() => saved(bench.browser)).toContain('panel-left')
}

test('what happens while DevTools is closed is in the log when it is open again', async () => {
  const { browser } = bench
  const { page, devtools, panel } = await bench.openNewTab('/blank.html')
  await registerWorker(page)
  await setRecording(panel, true)
  await eventually(() => badgeOf(browser, page)).toBe('REC')
  await devtools.close()
  await eventually(() => saved(browser)).toContain('panel-left')

  await startFetch(page, 'no-panel')
  await eventually(() => saved(browser)).toContain('fetch-seen')
  await killBackground(browser)
  await abortInPage(page, 'no-panel')
  await eventually(() => saved(browser)).toContain('event-over')
  // By then a bridge of a tab that nobody watches would have been sent away.
  await eventually(() => age(browser)).toBeGreaterThan(4000)
  await startFetch(page, 'later')
  await eventually(async () => (await saved(browser)).filter((type) => type === 'fetch-seen').length).toBe(2)
  expect(await countBridges(page)).toBe(1)
  expect(await badgeOf(browser, page)).toBe('REC')

  const { panel: again } = await openTallPanel(page)
  await waitForRow(again, { fetch: 'no-panel', name: 'records released' })
  await waitForLive(again, 'later')
  expect(await rowsLike(again, { fetch: 'no-panel', name: 'end not observed' })).toEqual([])
  expect(await rowsLike(again, { text: /othing was observed/ })).toEqual([])
  const names = (await logRows(again)).map(({ name }) => name)
  expect(names.filter((name) => name === 'panel opened')).toHaveLength(2)
  expect(await rowsLike(again, { name: 'panel closed' })).toMatchObject([
    { text: 'panel closed Recording continues without DevTools' },
  ])
  const shownEvents = await again.$$eval(
    'label',
    (labels) =>
      labels.find(({ textContent }) => textContent === 'Keep recording this tab')?.querySelector('input')
        ?.checked,
  )
  expect(shownEvents).toBe(true)
})

inFullRun('a document that replaces another while DevTools is closed is recorded as well', async () => {
  const { browser } = bench
  const tab = await bench.openNewTab('/blank.html')
  const { page } = tab
  await registerWorker(page)
  await leaveRecorded(tab)
  await killBackground(browser)
  await page.reload()
  await eventually(() => countBridges(page)).toBe(1)
  await startFetch(page, 'after the reload')
  await eventually(() => saved(browser)).toContain('fetch-seen')
  // The browser takes the badge away with each document.
  await page.goto(new URL('/bare.html', bench.demo.url).href)
  await eventually(() => countBridges(page)).toBe(1)
  await eventually(() => badgeOf(browser, page)).toBe('REC')
})

inFullRun('the worker is traced without DevTools if it was traced before', async () => {
  const { browser } = bench
  for (const on of [false, true]) {
    const tab = await bench.openNewTab('/blank.html')
    const { page, panel } = tab
    await registerWorker(page)
    await setTrace(panel, on)
    await leaveRecorded(tab)
    await killBackground(browser)
    await eventually(() => age(browser)).toBeGreaterThan(4000)
    await eventually(() => isDebugged(browser, page)).toBe(on)
    await page.close()
    await eventually(() => saved(browser)).toEqual([])
  }
})

/** A tab that is recorded, with DevTools open, beside another one whose list of recordings is empty. */
async function openRecorded() {
  const other = await bench.openTab('/bare.html')
  await emptyList(other.panel)
  const tab = await bench.openNewTab('/blank.html')
  await registerWorker(tab.page)
  await setRecording(tab.panel, true)
  return { ...tab, other: other.panel }
}

inFullRun('a recording whose tab was closed can be opened and deleted', async () => {
  const { browser } = bench
  const { page, devtools, other } = await openRecorded()
  await devtools.close()
  await startFetch(page, 'last')
  // The other tab sees it as well, and this one is looked at less often: it is not in front.
  await eventually(async () => saved(browser, await tabIdOf(browser, page))).toContain('fetch-seen')
  await abortInPage(page, 'last')
  await eventually(async () => saved(browser, await tabIdOf(browser, page))).toContain('event-over')
  await page.close()

  await openList(other)
  await eventually(() => listed(other)).toHaveLength(1)
  const { host } = new URL(bench.demo.url)
  expect((await listed(other))[0]).toMatch(new RegExp(`^${host}/blank.html.*The tab was closed`))
  await press(other, `Open ${host}/blank.html`)
  await waitForRow(other, { fetch: 'last', name: 'records released' })
  await waitForRow(other, { name: 'keep recording ended', text: /The tab was closed/ })
  expect(await other.$('dialog[open]')).toBe(null)

  await openList(other)
  await press(other, `Delete ${host}/blank.html`)
  await press(other, `Delete permanently ${host}/blank.html`)
  await waitForText(other, /Nothing yet/)
  await other.evaluate(() => location.reload())
  await openList(other)
  expect(await listed(other)).toEqual([])
})

test('a recording that is switched off in the panel is in the list, and the tab is watched on', async () => {
  const { browser } = bench
  const { page, panel } = await bench.openTab('/blank.html')
  await emptyList(panel)
  await registerWorker(page)
  await setRecording(panel, true)
  await startFetch(page, 'running')
  await waitForLive(panel, 'running')
  await setRecording(panel, false)
  await eventually(() => badgeOf(browser, page)).toBe('')
  await waitForLive(panel, 'running')
  await openList(panel)
  await eventually(() => listed(panel)).toHaveLength(1)
  expect((await listed(panel))[0]).toMatch(/It was switched off/)
})

inFullRun('a click on the icon ends the recording, and nothing is left in the page', async () => {
  const { browser } = bench
  const tab = await bench.openNewTab('/blank.html')
  const { page, panel } = tab
  await emptyList(panel)
  await leaveRecorded(tab)
  expect(await countBridges(page)).toBe(1)
  await clickIcon(browser, page)
  await eventually(() => badgeOf(browser, page)).toBe('')
  await eventually(() => countBridges(page)).toBe(0)
  const { panel: again } = await openTallPanel(page)
  await waitForRow(again, { name: 'keep recording ended', text: /nothing was observed from here on/ })
  await openList(again)
  await eventually(() => listed(again)).toHaveLength(1)
})

inFullRun('when the browser is started again, what was recorded before is in the list', async () => {
  const { browser } = bench
  const { page, devtools, panel, other } = await openRecorded()
  await startFetch(page, 'before')
  await waitForLive(panel, 'before')
  await devtools.close()
  await eventually(() => saved(browser)).toContain('panel-left')
  // A worker that has just been started knows only what is on disk.
  await killBackground(browser)
  await inExtension(browser, 'chrome.runtime.onStartup.dispatch()')
  await openList(other)
  await eventually(async () => {
    await closeList(other)
    await openList(other)
    return listed(other)
  }).toHaveLength(1)
  expect((await listed(other))[0]).toMatch(/blank\.html.*was restarted/)
  await press(other, `Open ${new URL(bench.demo.url).host}/blank.html`)
  await waitForRow(other, { fetch: 'before', name: 'fetch started' })
  await eventually(() => badgeOf(browser, page)).toBe('')
})

inFullRun('the list is used by keyboard, and Escape closes it', async () => {
  const { devtools, panel } = await bench.openTab('/blank.html')
  await emptyList(panel)
  await setRecording(panel, true)
  await setRecording(panel, false)
  const focused = () => eventually(() => panel.evaluate(() => document.activeElement?.textContent))
  await panel.focus('[aria-label="More options"]')
  await devtools.keyboard.press('ArrowUp')
  await focused().toBe('Saved recordings')
  await devtools.keyboard.press('Enter')
  await focused().toBe('Close')
  await panel.waitForSelector('dialog[open] li', { timeout: 15_000 })
  await devtools.keyboard.press('Tab')
  await focused().toBe('Open')
  await devtools.keyboard.press('Tab')
  await focused().toBe('Delete')
  await devtools.keyboard.press('Enter')
  await focused().toBe('Delete permanently')
  await devtools.keyboard.press('Tab')
  await focused().toBe('Cancel')
  await devtools.keyboard.press('Enter')
  await focused().toBe('Delete')
  await devtools.keyboard.press('Escape')
  await eventually(() => panel.$('dialog[open]')).toBe(null)
  await eventually(() => panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'More options',
  )
})
