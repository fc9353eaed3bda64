import { describe, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openAborted } from '../support/open-fetch'
import { startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { logRows, rowsLike } from '../support/rows'
import { latest, scroller } from './reading'

const bench = useBench()

describe('the log', () => {
  inFullRun('counts the rows that come while the reader is further up', async () => {
    const { devtools, page, panel } = await openAborted(bench, 'first')
    await waitForRow(panel, { fetch: 'first', name: /^verdict: (?!.*so far)/ })
    await devtools.setViewport({ width: 1300, height: 300 })
    // A pane that becomes lower takes nobody away from the end.
    await panel.waitForFunction(
      (selector) => {
        const box = document.querySelector(selector)
        if (!box || box.scrollHeight <= box.clientHeight + 40) return false
        return box.scrollTop + box.clientHeight > box.scrollHeight - 8
      },
      {},
      scroller,
    )
    expect(await latest(panel)).toEqual([])
    await panel.$eval(scroller, (box) => box.scrollTo({ top: 0 }))
    // The storage may tell of a change after the verdict.
    await eventually(() => latest(panel)).toEqual([expect.stringMatching(/^Jump to latest$|^\d+ new rows?$/)])
    await startFetch(page, 'second')
    await waitForLive(panel, 'second')
    await pressAbort(panel, 'second')
    await eventually(() => latest(panel)).toEqual([expect.stringMatching(/^\d+ new rows$/)])
    expect(await panel.$eval(scroller, (box) => box.scrollTop)).toBe(0)
    // Its name changes with each row that comes.
    await panel.$$eval('button', (all) =>
      all.find(({ textContent }) => /new rows?$/.test(textContent ?? ''))?.click(),
    )
    await waitForRow(panel, { fetch: 'second' })
    await eventually(() => latest(panel)).toEqual([])
  })

  test('stands still while it is paused, and loses nothing', async () => {
    const { page, panel } = await openAborted(bench, 'before')
    await waitForRow(panel, { fetch: 'before', name: /^verdict: (?!.*so far)/ })
    await press(panel, 'Pause log')
    const still = await logRows(panel)
    await startFetch(page, 'meanwhile')
    await waitForLive(panel, 'meanwhile')
    await panel.waitForFunction(() =>
      /Resume log, \d+ rows? waiting/.test(
        document.querySelector('[aria-label^="Resume log"]')?.getAttribute('aria-label') ?? '',
      ),
    )
    expect(await logRows(panel)).toEqual(still)
    await panel.$eval('[aria-label^="Resume log"]', (it) => (it as HTMLElement).click())
    await waitForRow(panel, { fetch: 'meanwhile', name: 'fetch started' })
  })

  inFullRun('is grouped by fetch, each group with its state, and closes', async () => {
    const { page, panel } = await openAborted(bench, 'one')
    await waitForRow(panel, { fetch: 'one', name: /^verdict: (?!.*so far)/ })
    await startFetch(page, 'two')
    await waitForRow(panel, { fetch: 'two' })
    const heads = () => panel.$$eval('[data-heading]', (all) => all.map((one) => one.textContent ?? ''))
    await panel.$$eval('label', (all) =>
      all.find(({ textContent }) => textContent === 'Group by fetch')?.click(),
    )
    await eventually(heads).toEqual([
      expect.stringMatching(/^Page and workers, no fetch/),
      expect.stringMatching(/^oneover, failure, abortedverdict: \w+/),
      expect.stringMatching(/^two(no bytes yet|active)/),
    ])
    const fetches = (await logRows(panel)).map(({ fetch }) => fetch)
    expect([...fetches].sort()).toEqual(fetches)
    await panel.$$eval('[data-heading]', (all) => (all[1] as HTMLElement).click())
    await eventually(() => rowsLike(panel, { fetch: 'one' })).toEqual([])
    await panel.$$eval('[data-heading]', (all) => (all[1] as HTMLElement).click())
    await waitForRow(panel, { fetch: 'one' })
    await panel.$$eval('label', (all) =>
      all.find(({ textContent }) => textContent === 'Group by fetch')?.click(),
    )
    await eventually(heads).toEqual([])
  })

  test('is searched by DevTools’ own search, all of it', async () => {
    const { devtools, page, panel } = await openAborted(bench, 'early')
    await waitForRow(panel, { fetch: 'early', name: /^verdict: (?!.*so far)/ })
    for (const id of ['later', 'last']) {
      await startFetch(page, id)
      await waitForLive(panel, id)
      await pressAbort(panel, id)
      await waitForRow(panel, { fetch: id, name: /^verdict: (?!.*so far)/ })
    }
    await devtools.setViewport({ width: 1300, height: 260 })
    await panel.focus('[aria-label="Event log"] [data-row][tabindex="0"]')
    const said = () =>
      panel.$$eval('[role="status"]', (all) => all.map(({ textContent }) => textContent?.trim()))
    await devtools.keyboard.down('Control')
    await devtools.keyboard.press('f')
    await devtools.keyboard.up('Control')
    // The field is in a shadow root of DevTools.
    await devtools.waitForFunction(() => {
      let it = document.activeElement
      while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement
      return it?.matches('input, [contenteditable], .text-prompt')
    })
    await devtools.keyboard.type('abort requested')
    await devtools.keyboard.press('Enter')
    await eventually(said).toContainEqual(expect.stringMatching(/^\d of 3 found$/))
    const at = () =>
      panel.$$eval('[data-found="shown"]', (rows) =>
        rows.map((row) => row.querySelector('[data-cell="fetch"]')?.textContent),
      )
    await eventually(at).toHaveLength(1)
    const seen = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const before = (await at()).join()
      seen.add(before)
      await devtools.keyboard.press('Enter')
      // Between two rows there is a moment in which neither is drawn.
      await eventually(async () => ['', before].includes((await at()).join())).toBe(false)
    }
    expect([...seen].sort()).toEqual(['early', 'last', 'later'])
    await devtools.keyboard.press('Escape')
    await eventually(at).toEqual([])
  })
})
