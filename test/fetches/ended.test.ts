import type { Frame } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { noticesOf, waitForNotice } from '../support/notices'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { abortInPage, media, registerWorker, startFetch } from '../support/page'
import { eventually, untilSeen, waitForEnded, waitForLive } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { type EndedRow, endedRows } from '../support/rows'
import { waitForScripts } from '../support/trace'

const bench = useBench()

/** Its verdict does not change any more: it is over for the page as well. */
const isFinal = ({ verdict }: EndedRow) => /^(clean|unknown|wrong|errors|\d+ (left|new))$/.test(verdict)

const ids = async (panel: Frame) => (await endedRows(panel)).map(({ id }) => id)

/** The tooltip of a cell of the table. */
const titleOf = (panel: Frame, id: string, column: string) =>
  panel.$eval(`tr[data-id="${id}"] [data-column="${column}"]`, (cell) => cell.getAttribute('title'))

/** What the section of the details says that stands above all others. */
const summaryOf = (panel: Frame) => panel.$eval('[data-summary]', (it) => (it as HTMLElement).innerText)

describe('a fetch that has ended', () => {
  test('says in a narrow panel, too, what its handler did, and where its ID is cut', async () => {
    const { page, devtools, panel } = await bench.openTab('/blank.html')
    await registerWorker(page)
    const id = 'season-2026-autumn-episode-0001'
    await startFetch(page, id, [media('a')], { downloadTotal: 60_000_000 })
    await waitForLive(panel, id)
    await devtools.setViewport({ width: 320, height: 700 })
    const row = `tr[data-id="${id}"]`
    await panel.waitForSelector(`${row}:not(:has([data-column="handler"]))`)
    // The head and its ellipsis have room beside the button.
    const head = await panel.$eval(
      `${row} [data-select] > span > span`,
      (it) => it.getBoundingClientRect().width,
    )
    expect(head).toBeGreaterThan(12)
    await pressAbort(panel, id)
    await panel.waitForSelector(`${row}[data-live="false"] [data-handler]`)
    const line = () => panel.$eval(`${row} [data-handler]`, (it) => it.textContent)
    await eventually(line).toMatch(/^handler (none|not traced|\d[\d.]* m?s)$/)
    const cut = await panel.$$eval(`${row} [data-column="state"] span`, (all) =>
      all.filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.textContent),
    )
    expect(cut).toEqual([])
    const height = await panel.$eval(row, (it) => it.getBoundingClientRect().height)
    expect(height).toBe(34)
  })

  test('stays in the table: who aborted it, how long its handler took, and the verdict', async () => {
    const { panel } = await openFetch(bench, 'by-panel', {
      urls: [media('a')],
      downloadTotal: 60_000_000,
      until: ({ now }) => (now ?? 0) > 0,
    })
    await pressAbort(panel, 'by-panel')
    await waitForEnded(panel, 'by-panel', ({ outcome }) => outcome === 'aborted · panel')
    const row = await waitForEnded(panel, 'by-panel', isFinal)
    expect(row.progress).toMatch(/B$/)
    expect(row.handler).toMatch(/^(not traced|\d[\d.]* m?s)$/)
    // Whoever reads only the row hears all of it.
    const text = await panel.$eval('tr[data-id="by-panel"]', (it) => it.textContent)
    for (const part of ['by-panel', 'aborted · panel', row.verdict]) expect(text).toContain(part)
    expect(await titleOf(panel, 'by-panel', 'verdict')).toMatch(new RegExp(`^${row.verdict}\n.`))
  })

  test('is not said to be the panel’s when something else aborted it', async () => {
    const { page, panel } = await openWithWorker(bench)
    await waitForScripts(panel)
    await startFetch(page, 'by-page')
    await waitForLive(panel, 'by-page')
    await abortInPage(page, 'by-page')
    const { outcome } = await waitForEnded(panel, 'by-page')
    expect(outcome).toBe('aborted · script')
    // Of the test's own script the browser gives no place.
    await eventually(() => titleOf(panel, 'by-page', 'state')).toMatch(
      /^aborted · script\nAborted by code in the page without a known URL \(.*\)\./,
    )
    await waitForNotice(panel, /^by-page aborted by code in the page without a known URL/)
  })

  inFullRun('stands below the active ones, newest first, until the log is cleared', async () => {
    const { page, panel } = await openWithWorker(bench)
    for (const id of ['first', 'second', 'third']) await startFetch(page, id)
    for (const id of ['first', 'second']) {
      await waitForLive(panel, id)
      await pressAbort(panel, id)
      await waitForEnded(panel, id)
    }
    const order = () => panel.$$eval('tr[data-id]', (rows) => rows.map((row) => row.getAttribute('data-id')))
    expect(await order()).toEqual(['third', 'second', 'first'])
    await eventually(() => panel.$eval('[data-counts]', (it) => it.textContent)).toBe(
      '1 active, max. 5 · 2 ended',
    )
    await panel.select('[aria-label="Show fetches"]', 'active')
    await eventually(order).toEqual(['third'])
    await panel.select('[aria-label="Show fetches"]', 'all')
    await eventually(order).toEqual(['third', 'second', 'first'])
    // Each of them is over for the page before it may be forgotten.
    for (const id of ['first', 'second']) await waitForEnded(panel, id, isFinal)
    await press(panel, 'Clear log')
    await eventually(order).toEqual(['third'])
  })

  inFullRun('outlives a reload of the page', async () => {
    const { page, panel } = await openFetch(bench, 'reloaded')
    await pressAbort(panel, 'reloaded')
    await waitForEnded(panel, 'reloaded')
    await page.reload()
    await untilSeen(panel, async () => expect(await ids(panel)).toEqual(['reloaded']))
  })

  inFullRun('leaves no heading that says that nothing runs', async () => {
    const { page, panel } = await bench.openNewTab('/blank.html')
    await registerWorker(page)
    await eventually(() => panel.$$eval('h1', (all) => all.map((it) => it.textContent))).toEqual([
      'No background fetches yet',
    ])
    await startFetch(page, 'one')
    await waitForLive(panel, 'one')
    await pressAbort(panel, 'one')
    await waitForEnded(panel, 'one', isFinal)
    expect(await panel.$('h1')).toBe(null)
    await press(panel, 'Clear log')
    await eventually(() => panel.$$eval('h1', (all) => all.map((it) => it.textContent))).toEqual([
      'No background fetches since the log was cleared.',
    ])
  })
})

describe('the notice of an outcome', () => {
  test('says the verdict in one sentence, once it is final, and leads to the details', async () => {
    const { panel } = await openFetch(bench, 'noticed')
    await panel.evaluate(() => {
      const shown: string[] = []
      Object.assign(globalThis, { shown })
      new MutationObserver(() => {
        const text = document.querySelector('[data-notice]')?.textContent
        if (text && text !== shown.at(-1)) shown.push(text)
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    await pressAbort(panel, 'noticed')
    await waitForEnded(panel, 'noticed', isFinal)
    await eventually(() => noticesOf(panel)).toEqual([
      expect.stringMatching(/^noticed aborted; the page answered after/),
      expect.stringMatching(/^noticed (?!.* so far: )[\w ]+: /),
    ])
    // What was known before was shown, and is not read out.
    expect(await panel.evaluate('shown')).toContainEqual(expect.stringMatching(/^noticed [\w ]+ so far: /))
    await press(panel, 'Details')
    await panel.waitForSelector('[aria-label="Details of the selected fetch"]')
    expect(await summaryOf(panel)).toMatch(/Aborted from this panel/)
    // The verdict has its evidence right below it, and is not said twice.
    const section = 'section[aria-label="Clean-up"]'
    await panel.waitForSelector(`${section} [data-verdict]`)
    expect(await summaryOf(panel)).not.toMatch(/Verdict:/)
    await panel.click(`${section} summary`)
    await eventually(() => summaryOf(panel)).toMatch(/Verdict: /)
    await panel.click(`${section} summary`)
    await eventually(() => summaryOf(panel)).not.toMatch(/Verdict:/)
  })

  test('covers nothing in a narrow or low panel, where the state and the worker’s buttons have their room', async () => {
    const { page, devtools, panel } = await openFetch(bench, 'sized')
    for (const [width, height] of [
      [320, 600],
      [500, 700],
      [1200, 300],
    ] as const) {
      await devtools.setViewport({ width, height })
      await eventually(() => panel.evaluate(() => innerWidth)).toBe(width)
      const id = `sized-${width}`
      await startFetch(page, id)
      await waitForLive(panel, id)
      await abortInPage(page, id)
      await waitForEnded(panel, id)
      await panel.waitForSelector('[data-notice]')
      const layout = await panel.evaluate((id) => {
        const find = (selector: string) => {
          const found = document.querySelector(selector)
          if (!found) throw new Error(`There is no ${selector}.`)
          return found
        }
        const isCut = (selector: string) => find(selector).scrollWidth > find(selector).clientWidth
        const box = (selector: string) => find(selector).getBoundingClientRect()
        return {
          covered: box('[aria-label="Event log"]').bottom > box('[data-notice]').top,
          isCut: isCut(`tr[data-id="${id}"] [data-outcome]`) || isCut('[data-counts]'),
          wraps:
            box('[aria-label^="Stop worker"]').top !==
            box('[aria-label="Service workers"] [aria-haspopup="menu"]').top,
        }
      }, id)
      expect(layout, `${width} × ${height}`).toEqual({ covered: false, isCut: false, wraps: false })
    }
  })
})
