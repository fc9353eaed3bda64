import type { Frame } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openAborted } from '../support/open-fetch'
import { eventually } from '../support/panel'
import { press } from '../support/press'
import { rowsLike } from '../support/rows'
import { expand } from './reading'

const bench = useBench()

const items = (panel: Frame) =>
  panel.$$eval('[role="tree"] [role="treeitem"]', (all) =>
    all.map((item) => item.firstElementChild?.textContent ?? ''),
  )

describe('a row of the log', () => {
  test('expands to its data, which is copied as JSON', async () => {
    const { devtools, panel } = await openAborted(bench, 'talk')
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

  inFullRun('reports its time of day, and how long it was after the abort', async () => {
    const { panel } = await openAborted(bench, 'timed')
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
      expect.stringMatching(/^text: .* after the abort was requested in this panel/),
    )
  })
})
