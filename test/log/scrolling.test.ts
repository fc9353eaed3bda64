import type { CDPSession, Frame } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openAborted, openWithWorker } from '../support/open-fetch'
import { abortInPage, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { expand, latest, scroller } from './reading'

const bench = useBench()

/** The row at the upper edge, and how far it stands below it, once what was drawn is scrolled. */
const atEdge = (panel: Frame) =>
  panel.$eval(scroller, async (box) => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame)
    // What is drawn just before a frame is scrolled in it, which may come after this.
    await new Promise((resolve) => setTimeout(resolve))
    const edge = box.getBoundingClientRect().top
    for (const one of box.querySelectorAll('[data-index]')) {
      const { top, bottom } = one.getBoundingClientRect()
      const name = one.querySelector('b')?.textContent
      if (name && bottom > edge + 0.5) return { name, below: Math.round(top - edge) }
    }
    return null
  })

/** How many nodes the panel's documents hold that are in use, drawn or not. */
async function nodesInUse(panel: Frame): Promise<number> {
  // Puppeteer has it, and does not declare it: the panel's document has a process of its own.
  const { client } = panel as unknown as { readonly client: CDPSession }
  await client.send('HeapProfiler.collectGarbage')
  const { nodes } = await client.send('Memory.getDOMCounters')
  return nodes
}

describe('the log', () => {
  test('does not keep the rows that were scrolled by', async () => {
    const { devtools, panel } = await openAborted(bench, 'passed')
    await waitForRow(panel, { fetch: 'passed', name: /^verdict: (?!.*so far)/ })
    await devtools.setViewport({ width: 1300, height: 230 })
    await eventually(() => panel.evaluate(() => innerHeight < 230)).toBe(true)
    const upAndDown = (times: number) =>
      panel.$eval(
        scroller,
        async (box, times) => {
          const drawn = () =>
            [...box.querySelectorAll<HTMLElement>('[data-index]')].map((row) => row.dataset.index)
          const seen = new Set(drawn())
          for (let i = 0; i < times; i++) {
            for (let step = 0; step < 6; step++) {
              box.scrollTop += i % 2 === 0 ? -20 : 20
              await new Promise(requestAnimationFrame)
              for (const index of drawn()) seen.add(index)
            }
          }
          return { drawn: drawn().length, seen: seen.size }
        },
        times,
      )
    const { drawn, seen } = await upAndDown(2)
    expect(seen).toBeGreaterThan(drawn)
    const before = await nodesInUse(panel)
    await upAndDown(30)
    expect(await nodesInUse(panel)).toBeLessThan(1.2 * before)
  })

  inFullRun('stays at its end when the panel gets another width', async () => {
    const { devtools, panel } = await openAborted(bench, 'resized')
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

  inFullRun('keeps to the reader when the panel gets another width', async () => {
    const { devtools, panel } = await openAborted(bench, 'read')
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

  inFullRun('keeps to the reader when a filter has hidden the row at its edge', async () => {
    const { devtools, page, panel } = await openWithWorker(bench)
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
    // Its other rows may be drawn meanwhile. The browser scrolls to whole pixels.
    await eventually(async () => {
      const after = await atEdge(panel)
      const moved = Math.abs((after?.below ?? 0) - (before?.below ?? 0))
      return moved <= 1 ? after?.name : moved
    }).toBe(before?.name)
    await group()
  })

  inFullRun('has its rows one under the other at every width', async () => {
    const { devtools, panel } = await openAborted(bench, 'wide')
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
