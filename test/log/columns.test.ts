import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { eventually, waitForRow } from '../support/panel'
import { reloadPanel } from '../support/tab'

const bench = useBench()

const head = (name: string) => `[aria-label="Event log"] [data-column="${name}"]`

const widthOf = (panel: Frame, name: string) =>
  panel.$eval(head(name), (it) => Math.round(it.getBoundingClientRect().width))

/** Where a cell of the first row begins, and where its head does. */
const lefts = (panel: Frame, name: string) =>
  panel.$$eval(`${head(name)}, [data-row] [data-cell="${name}"]`, ([head, cell]) => [
    Math.round(head?.getBoundingClientRect().left ?? 0),
    Math.round(cell?.getBoundingClientRect().left ?? 0),
  ])

test('the columns of the log get other widths by keys and by the pointer, and remember them', async () => {
  const { devtools, panel } = await bench.openTab('/blank.html')
  await waitForRow(panel, { name: 'watching' })
  await panel.focus(head('time'))
  await devtools.keyboard.press('ArrowRight')
  await devtools.keyboard.press('ArrowRight')
  const source = await widthOf(panel, 'source')
  await devtools.keyboard.down('Shift')
  await devtools.keyboard.press('ArrowRight')
  await devtools.keyboard.up('Shift')
  await eventually(() => widthOf(panel, 'source')).toBe(source + 12)

  const fetch = await widthOf(panel, 'fetch')
  const edge = await panel.$(`${head('fetch')} > [aria-hidden]`)
  const box = await edge?.boundingBox()
  if (!box) throw new Error('The column has no edge.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await devtools.mouse.move(x, y)
  await devtools.mouse.down()
  await devtools.mouse.move(x + 40, y, { steps: 4 })
  await devtools.mouse.up()
  await eventually(() => widthOf(panel, 'fetch')).toBe(fetch + 40)

  await reloadPanel(panel)
  await waitForRow(panel, { name: 'watching' })
  expect(await widthOf(panel, 'source')).toBe(source + 12)
  expect(await widthOf(panel, 'fetch')).toBe(fetch + 40)
  for (const name of ['delta', 'source', 'fetch']) {
    const [ofHead, ofCell] = await lefts(panel, name)
    expect(ofHead, name).toBe(ofCell)
  }
})
