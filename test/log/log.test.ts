import type { Frame } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { abortInPage, registerWorker, startFetch, useBench } from '../support/harness'
import { openFetch } from '../support/open-fetch'
import {
  eventually,
  logRows,
  press,
  pressAbort,
  rowsLike,
  toggleRow,
  waitForLive,
  waitForRow,
} from '../support/panel'

const bench = useBench()

/** A fetch that was aborted, in a panel that shows it. */
async function aborted(id: string) {
  const tab = await openFetch(bench, id)
  await pressAbort(tab.panel, id)
  await waitForRow(tab.panel, { fetch: id, name: 'backgroundfetchabort over' })
  return tab
}

/** Opens the row of this name to its data, with its chevron. */
async function expand(panel: Frame, name: string): Promise<void> {
  await waitForRow(panel, { name })
  await toggleRow(panel, name)
  await panel.waitForSelector('[role="tree"]')
}

const items = (panel: Frame) =>
  panel.$$eval('[role="tree"] [role="treeitem"]', (all) =>
    all.map((item) => item.firstElementChild?.textContent ?? ''),
  )

const scroller = '[aria-label="Event log"] [role="rowgroup"]'

/** The row at the upper edge, and how far it stands below it, once what was drawn is scrolled. */
const atEdge = (panel: Frame) =>
  panel.$eval(scroller, async (box) => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame)
    const edge = box.getBoundingClientRect().top
    for (const one of box.querySelectorAll('[data-index]')) {
      const { top, bottom } = one.getBoundingClientRect()
      const name = one.querySelector('b')?.textContent
      if (name && bottom > edge + 0.5) return { name, below: Math.round(top - edge) }
    }
    return null
  })

const latest = (panel: Frame) =>
  panel.$$eval('button', (all) =>
    all
      .map(({ textContent }) => textContent ?? '')
      .filter((text) => /new rows?$|^Jump to latest$/.test(text)),
  )

describe('a row of the log', () => {
  test('expands to its data, which is copied as JSON', async () => {
    const { devtools, panel } = await aborted('talk')
    await expand(panel, 'abort() → true')
    expect(await items(panel)).toEqual(
      expect.arrayContaining(['source: "page"', 'name: "abort() → true"', 'type: "abort-answered"']),
    )
    // What is nested is drawn once it is opened.
    expect(await items(panel)).not.toContain('kind: "resolved"')
    await panel.$$eval('[role="treeitem"] > span', (all) =>
      (all as HTMLElement[]).find((one) => one.textContent?.startsWith('outcome'))?.click(),
    )
    await eventually(() => items(panel)).toEqual(expect.arrayContaining(['kind: "resolved"', 'value: true']))
    await press(panel, 'Copy as JSON')
    await eventually(() =>
      panel.$$eval('[role="status"]', (all) => all.map(({ textContent }) => textContent)),
    ).toContain('Copied')
    await (await panel.$('input[type="search"]'))?.focus()
    await devtools.keyboard.press('v', { commands: ['Paste'] })
    const pasted = await panel.$eval('input[type="search"]', (field) => (field as HTMLInputElement).value)
    expect(JSON.parse(pasted.replace(/v$/, ''))).toMatchObject({
      source: 'page',
      fetch: { id: 'talk' },
      event: { body: { type: 'abort-answered', outcome: { kind: 'resolved', value: true } } },
    })
  })

  test('reports its time of day, and how long it was after the abort', async () => {
    const { panel } = await aborted('timed')
    const row = async (name: string) => (await rowsLike(panel, { fetch: 'timed', name }))[0]
    expect((await row('fetch started'))?.time).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/)
    await eventually(async () => (await row('abort requested'))?.delta).toBe('+0.0 ms')
    expect((await row('fetch started'))?.delta).toMatch(/^−/)
    const settled = await row('settled: failure, aborted')
    expect(settled?.delta).toMatch(/^\+\d/)
    // What the column says is not said again, but where the row is copied.
    expect(settled?.text).not.toMatch(/after/)
    await expand(panel, 'settled: failure, aborted')
    await eventually(() => items(panel)).toContainEqual(
      expect.stringMatching(/^text: .* after the abort from this panel/),
    )
  })
})

describe('the log', () => {
  test('counts the rows that come while the reader is further up', async () => {
    const { devtools, page, panel } = await aborted('first')
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
    const { page, panel } = await aborted('before')
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

  test('is grouped by fetch, each group with its state, and closes', async () => {
    const { page, panel } = await aborted('one')
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
      expect.stringMatching(/^two(queued|active)/),
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
    const { devtools, page, panel } = await aborted('early')
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

  test('stays at its end when the panel gets another width', async () => {
    const { devtools, panel } = await aborted('resized')
    await waitForRow(panel, { fetch: 'resized', name: /^verdict: (?!.*so far)/ })
    // With the details beside it or below, its width changes in several steps.
    await press(panel, 'resized')
    await panel.waitForSelector('section[aria-label="Details of the selected fetch"]')
    for (const width of [1300, 320, 1200, 400, 1200, 320, 400, 1200, 500, 1200]) {
      await devtools.setViewport({ width, height: width > 1000 ? 300 : 700 })
      await eventually(() => panel.evaluate(() => innerWidth)).toBe(width)
      await panel.evaluate(
        () =>
          new Promise<void>((resolve) => {
            let frames = 0
            const next = () => (++frames > 12 ? resolve() : requestAnimationFrame(next))
            next()
          }),
      )
      expect(await latest(panel), String(width)).toEqual([])
      const below = await panel.$eval(scroller, (box) => box.scrollHeight - box.scrollTop - box.clientHeight)
      expect(below, String(width)).toBeLessThan(8)
    }
  })

  test('keeps to the reader when the panel gets another width', async () => {
    const { devtools, panel } = await aborted('read')
    await waitForRow(panel, { fetch: 'read', name: /^verdict: (?!.*so far)/ })
    await devtools.setViewport({ width: 1200, height: 300 })
    await panel.waitForFunction(
      (selector) => {
        const box = document.querySelector(selector)
        return box && innerHeight < 300 && box.scrollHeight > box.clientHeight + 60
      },
      {},
      scroller,
    )
    // At once after the width: whoever scrolls then is the reader all the same.
    await panel.$eval(scroller, async (box) => {
      const frame = () => new Promise(requestAnimationFrame)
      document.body.style.width = '600px'
      await frame()
      await new Promise((resolve) => setTimeout(resolve))
      box.scrollTo({ top: 50 })
    })
    await eventually(() => latest(panel)).toEqual([expect.stringMatching(/^Jump to latest$|^\d+ new rows?$/)])
    const first = async () => (await atEdge(panel))?.name
    const before = await first()
    expect(before).not.toBeUndefined()
    for (const width of ['340px', '1000px', '400px', '']) {
      await panel.evaluate(async (width) => {
        document.body.style.width = width
        for (let i = 0; i < 6; i++) await new Promise(requestAnimationFrame)
      }, width)
      expect(await first(), width).toBe(before)
    }
  })

  test('keeps to the reader when a filter has hidden the row at its edge', async () => {
    const { devtools, page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page)
    await startFetch(page, 'above')
    await waitForLive(panel, 'above', ({ state }) => state === 'active')
    // With the second of them the reader is far from the end.
    for (const id of ['below', 'last']) {
      await startFetch(page, id)
      await waitForLive(panel, id)
      await pressAbort(panel, id)
      await waitForRow(panel, { fetch: id, name: /^verdict: (?!.*so far)/ })
    }
    const group = () =>
      panel.$$eval('label', (all) => all.find(({ textContent }) => textContent === 'Group by fetch')?.click())
    await group()
    await panel.waitForSelector('[data-heading]')
    await devtools.setViewport({ width: 1300, height: 260 })
    await eventually(() => panel.evaluate(() => innerHeight < 260)).toBe(true)
    // Only the rows near to what is in view are drawn.
    await eventually(async () => {
      await panel.$eval(scroller, (box) => {
        const row = [...box.querySelectorAll('[data-index]')].find(
          (one) => one.querySelector('b')?.textContent === 'abort requested',
        )
        if (!row) box.scrollTop -= 60
        else box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top
      })
      return (await atEdge(panel))?.name
    }).toBe('abort requested')
    await panel.focus('input[type="search"]')
    // At once, as each letter filters anew.
    await devtools.keyboard.sendCharacter('-requested')
    await eventually(async () => (await atEdge(panel))?.name).not.toBe('abort requested')
    const before = await atEdge(panel)
    await abortInPage(page, 'above')
    // Its rows are too far above to be drawn; they are heard of.
    await eventually(() =>
      panel.$$eval('[role="status"]', (all) => all.map(({ textContent }) => textContent)),
    ).toContainEqual(expect.stringMatching(/^above \w/))
    const after = await atEdge(panel)
    expect(after?.name).toBe(before?.name)
    // The browser scrolls to whole pixels.
    expect(Math.abs((after?.below ?? 0) - (before?.below ?? 0))).toBeLessThanOrEqual(1)
    await group()
  })

  test('has its rows one under the other at every width', async () => {
    const { devtools, panel } = await aborted('wide')
    await expand(panel, 'abort() → true')
    const gaps = () =>
      panel.$$eval('[aria-label="Event log"] [data-index]', (rows) =>
        rows.slice(1).map((row, i) => {
          const above = rows[i]?.getBoundingClientRect().bottom ?? 0
          return Math.round(row.getBoundingClientRect().top - above)
        }),
      )
    for (const width of [1290, 1280, 700, 400, 1300]) {
      await devtools.setViewport({ width, height: 1500 })
      await eventually(() => panel.evaluate(() => innerWidth)).toBe(width)
      await eventually(async () => new Set(await gaps())).toEqual(new Set([0]))
    }
  })
})
