import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { openFetch } from '../support/open-fetch'
import { eventually } from '../support/panel'
import { abortButton, button } from '../support/press'

const bench = useBench()

test('Abort stays where it is when its row is pointed at or has the focus', async () => {
  const { devtools, panel } = await openFetch(bench, 'placed')
  const boxOf = async () => (await abortButton(panel, 'placed')).boundingBox()
  const shown = async () =>
    (await button(panel, 'Abort placed at…')).evaluate((it) =>
      it.checkVisibility({ visibilityProperty: true }),
    )
  for (const width of [320, 500, 1200]) {
    await devtools.setViewport({ width, height: width > 1000 ? 300 : 700 })
    await eventually(() => panel.evaluate(() => innerWidth)).toBeLessThanOrEqual(width)
    await (await panel.waitForSelector('thead'))?.hover()
    await panel.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await eventually(() =>
      panel.$$eval('tr:is(:hover, :focus-within)[data-live]', (rows) => rows.length),
    ).toBe(0)
    const box = await boxOf()
    // The pointer is brought there again where the panel was drawn anew in between.
    await eventually(async () => {
      await (await abortButton(panel, 'placed')).hover()
      return panel.$$eval('tr:hover[data-live]', (rows) => rows.length)
    }).toBe(1)
    expect(await boxOf(), `pointed at, ${width} px`).toEqual(box)
    await panel.focus('tr[data-live="true"]')
    // Where the ID has little room it comes only then: the menu of the row has the command, too.
    await eventually(shown).toBe(true)
    expect(await boxOf(), `with the focus, ${width} px`).toEqual(box)
  }
})
