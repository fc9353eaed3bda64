import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { FULL, inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openFetch, openWithWorker } from '../support/open-fetch'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive } from '../support/panel'
import { button, pressWithMouse } from '../support/press'
import { reloadPanel } from '../support/tab'

const bench = useBench()

const focused = (panel: Frame) =>
  eventually(() =>
    panel.evaluate(() => {
      const it = document.activeElement
      return it?.getAttribute('aria-label') ?? it?.closest('label')?.textContent ?? it?.textContent ?? ''
    }),
  )

const isOpen = (panel: Frame) =>
  eventually(() => panel.$eval('body', () => !!document.querySelector(':popover-open')))

/** Whether DevTools' drawer is open, which Escape opens. */
const drawer = (devtools: Page) =>
  devtools.evaluate(`(async () => {
    const { InspectorView } = await import('./ui/legacy/legacy.js')
    return InspectorView.InspectorView.instance().drawerVisible()
  })()`)

describe('a menu of the toolbar', () => {
  test('is used with arrows and Escape, and gives the focus back', async () => {
    const { devtools, panel } = await bench.openTab('/blank.html')
    const before = await drawer(devtools)
    await (await button(panel, 'More options')).focus()
    for (const [key, entry] of [
      ['Enter', 'New fetch…'],
      ['ArrowDown', 'Abort next fetch at…'],
      ['ArrowDown', 'Pause on backgroundfetchabort'],
      ['End', 'Saved recordings'],
      ['ArrowDown', 'New fetch…'],
      ['s', 'Saved recordings'],
      ['Escape', 'More options'],
    ] as const) {
      await devtools.keyboard.press(key)
      await focused(panel).toBe(entry)
    }
    await isOpen(panel).toBe(false)
    expect(await drawer(devtools)).toBe(before)
    await devtools.keyboard.press('ArrowUp')
    await focused(panel).toBe('Saved recordings')
    await devtools.keyboard.press('Tab')
    await isOpen(panel).toBe(false)
  })

  test('of what is recorded stays open while it is switched, and its button and Escape close it', async () => {
    const { devtools, panel } = await bench.openTab('/blank.html')
    await devtools.setViewport({ width: 1200, height: 700 })
    await eventually(() => panel.evaluate(() => innerWidth)).toBe(1200)
    const opener = await button(panel, 'Record')
    await opener.click()
    await focused(panel).toBe('Preserve log')
    await devtools.keyboard.press('ArrowDown')
    await focused(panel).toBe('Trace service worker')
    const checked = () => panel.$eval('[role="switch"]', (it) => (it as HTMLInputElement).checked)
    expect(await checked()).toBe(true)
    await devtools.keyboard.press('Space')
    await eventually(checked).toBe(false)
    await isOpen(panel).toBe(true)
    await devtools.keyboard.press('Space')
    await eventually(checked).toBe(true)
    await pressWithMouse(panel, 'Record')
    await isOpen(panel).toBe(false)
    await pressWithMouse(panel, 'Record')
    await isOpen(panel).toBe(true)
    await devtools.keyboard.press('Escape')
    await isOpen(panel).toBe(false)
  })
})

test('Escape closes what is open, wherever the focus is, and does not open the drawer of DevTools', async () => {
  const { devtools, panel } = await openFetch(bench, 'escaped')
  const before = await drawer(devtools)
  const openDialogs = () => panel.$$eval('dialog[open]', (all) => all.length)
  await (await button(panel, 'Timeline')).click()
  await (await button(panel, 'Legend')).focus()
  // The focus stays on the button.
  await devtools.keyboard.press('Enter')
  await isOpen(panel).toBe(true)
  await devtools.keyboard.press('Escape')
  await isOpen(panel).toBe(false)
  await focused(panel).toBe('Legend')
  await devtools.keyboard.press('?')
  await eventually(openDialogs).toBe(1)
  await devtools.keyboard.press('Escape')
  await eventually(openDialogs).toBe(0)
  await focused(panel).toBe('Legend')
  await devtools.keyboard.press('/')
  await devtools.keyboard.type('f')
  await isOpen(panel).toBe(true)
  await devtools.keyboard.press('Escape')
  await isOpen(panel).toBe(false)
  expect(await drawer(devtools)).toBe(before)
  // With nothing open, it is for DevTools again.
  await (await button(panel, 'Legend')).focus()
  await devtools.keyboard.press('Escape')
  await eventually(() => drawer(devtools)).toBe(!before)
  await devtools.keyboard.press('Escape')
  await eventually(() => drawer(devtools)).toBe(before)
})

test.each(FULL ? ['Record', 'More options'] : ['Record'])(
  '%s opens and closes with its button, at any size',
  async (name) => {
    const { devtools, panel } = await bench.openTab('/blank.html')
    for (const [width, height] of [
      [1200, 700],
      [320, 600],
      [500, 160],
    ] as const) {
      await devtools.setViewport({ width, height })
      await eventually(() => panel.evaluate(() => innerWidth)).toBe(width)
      const opener = await button(panel, name)
      for (let i = 0; i < 3; i++) {
        await pressWithMouse(panel, name)
        await isOpen(panel).toBe(true)
        await eventually(() => opener.evaluate((it) => it.ariaExpanded)).toBe('true')
        await pressWithMouse(panel, name)
        await isOpen(panel).toBe(false)
      }
      await pressWithMouse(panel, name)
      await isOpen(panel).toBe(true)
      // A menu stays under its button when the panel is resized meanwhile, and never covers it.
      await devtools.setViewport({ width: width + 300, height: height - 60 })
      await eventually(() => panel.evaluate(() => innerWidth)).toBe(width + 300)
      await eventually(() =>
        opener.evaluate((it) => {
          const menu = document.querySelector(':popover-open')?.getBoundingClientRect()
          const button = it.getBoundingClientRect()
          return menu && Math.round(menu.left - button.left)
        }),
      ).toBeLessThanOrEqual(0)
      await pressWithMouse(panel, name)
      await isOpen(panel).toBe(false)
    }
  },
)

test('the toolbar is one row, and the filter another one where the panel is narrow', async () => {
  const { devtools, panel } = await bench.openTab('/blank.html')
  for (const width of [320, 500, 1200]) {
    await devtools.setViewport({ width, height: 600 })
    await eventually(() => panel.evaluate(() => innerWidth)).toBe(width)
    const bar = await panel.$eval('[role="toolbar"]', ({ parentElement }) => ({
      height: parentElement?.getBoundingClientRect().height,
      cut: (parentElement?.scrollWidth ?? 0) > (parentElement?.clientWidth ?? 0),
    }))
    expect(bar.height).toBeLessThan(width <= 440 ? 60 : 30)
    expect(bar.cut).toBe(false)
  }
})

describe('the columns of the table', () => {
  const columns = (panel: Frame) =>
    eventually(() =>
      panel.$$eval('[data-sort]', (heads) => heads.map((head) => head.getAttribute('data-sort'))),
    )
  const sorted = (panel: Frame) =>
    eventually(() => panel.$$eval('tr[data-id]', (rows) => rows.map((row) => row.getAttribute('data-id'))))

  test('are chosen in a context menu by keyboard, and remembered', async () => {
    const { devtools, panel } = await openFetch(bench, 'wide')
    await columns(panel).toEqual(['id', 'progress', 'state', 'handler', 'verdict'])
    await panel.focus('[data-sort="id"]')
    await devtools.keyboard.down('Shift')
    await devtools.keyboard.press('F10')
    await devtools.keyboard.up('Shift')
    await isOpen(panel).toBe(true)
    await devtools.keyboard.press('o')
    await focused(panel).toBe('Origin')
    await devtools.keyboard.press('Enter')
    await columns(panel).toEqual(['id', 'progress', 'state', 'handler', 'verdict', 'origin'])
    await focused(panel).toBe('ID')
    await reloadPanel(panel)
    await columns(panel).toEqual(['id', 'progress', 'state', 'handler', 'verdict', 'origin'])
  })

  inFullRun('have a scope as soon as there are two', async () => {
    const { page, panel } = await openWithWorker(bench)
    await registerWorker(page, { scope: '/library/', script: '/library/sw.js' })
    await startFetch(page, 'root')
    await waitForLive(panel, 'root')
    await columns(panel).not.toContain('scope')
    await startFetch(page, 'shelf', [media('b')], { scope: '/library/' })
    await waitForLive(panel, 'shelf')
    await columns(panel).toContain('scope')
  })

  test('sort up, down and not at all, and remember it', async () => {
    const { page, panel } = await openWithWorker(bench)
    // Fetches that are found in one look are in the browser's order.
    for (const id of ['b', 'c', 'a']) {
      await startFetch(page, id)
      await waitForLive(panel, id)
    }
    await sorted(panel).toEqual(['b', 'c', 'a'])
    const press = () => panel.$eval('[data-sort="id"]', (it) => (it as HTMLElement).click())
    const direction = () => panel.$eval('th', (it) => it.getAttribute('aria-sort'))
    await press()
    await sorted(panel).toEqual(['a', 'b', 'c'])
    expect(await direction()).toBe('ascending')
    await press()
    await sorted(panel).toEqual(['c', 'b', 'a'])
    expect(await direction()).toBe('descending')
    await reloadPanel(panel)
    await sorted(panel).toEqual(['c', 'b', 'a'])
    expect(await direction()).toBe('descending')
    await press()
    await sorted(panel).toEqual(['b', 'c', 'a'])
    expect(await direction()).toBe('none')
  })

  test('are resized by keyboard and by pointer, and remember it', async () => {
    const { devtools, panel } = await openFetch(bench, 'resized')
    const width = () => panel.$eval('th', (it) => Math.round(it.getBoundingClientRect().width))
    const before = await width()
    await panel.focus('[data-sort="id"]')
    await devtools.keyboard.down('Shift')
    await devtools.keyboard.press('ArrowRight')
    await devtools.keyboard.up('Shift')
    await eventually(width).toBe(before + 12)
    const edge = await panel.$('[data-edge="id"]')
    const box = await edge?.boundingBox()
    if (!box) throw new Error('No edge.')
    await devtools.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await devtools.mouse.down()
    await devtools.mouse.move(box.x + box.width / 2 + 30, box.y + box.height / 2)
    await devtools.mouse.up()
    await eventually(width).toBe(before + 42)
    await reloadPanel(panel)
    await eventually(width).toBe(before + 42)
  })
})
