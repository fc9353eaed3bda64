import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openTraced, openWithWorker } from '../support/open-fetch'
import { startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { button, press } from '../support/press'
import { reloadPanel } from '../support/tab'
import { pressAbortNow } from '../support/trace'

const bench = useBench()

interface ShownPhase {
  readonly kind: string
  /** What a screen reader says of it. */
  readonly label: string
  readonly left: number
  readonly right: number
}

interface ShownTrack {
  readonly id: string
  readonly label: string
  readonly selected: boolean
  /** It is whole in view. */
  readonly inView: boolean
  readonly phases: readonly ShownPhase[]
}

const GRID = '[aria-label="Fetches on the timeline"]'

/** The tracks that are drawn. */
const tracksOf = (panel: Frame): Promise<ShownTrack[]> =>
  panel.$eval(GRID, (grid) => {
    const view = grid.getBoundingClientRect()
    return [...grid.querySelectorAll('[role="row"]')].map((row) => {
      const box = row.getBoundingClientRect()
      const head = row.querySelector('[role="rowheader"]')
      return {
        id: head?.firstElementChild?.textContent ?? '',
        label: head?.getAttribute('aria-label') ?? '',
        selected: row.getAttribute('aria-selected') === 'true',
        inView: box.top >= view.top - 1 && box.bottom <= view.bottom + 1,
        phases: [...row.querySelectorAll('[role="gridcell"]')].map((cell) => {
          const { left, right } = cell.getBoundingClientRect()
          return {
            kind: cell.getAttribute('data-kind') ?? '',
            label: cell.getAttribute('aria-label') ?? '',
            left,
            right,
          }
        }),
      }
    })
  })

async function trackOf(panel: Frame, id: string): Promise<ShownTrack> {
  const track = (await tracksOf(panel)).find((one) => one.id === id)
  if (!track) throw new Error(`No track of ${id}.`)
  return track
}

const phaseOf = ({ phases }: ShownTrack, kind: string): ShownPhase => {
  const phase = phases.find((one) => one.kind === kind)
  if (!phase) throw new Error(`No ${kind} among ${phases.map((one) => one.kind)}.`)
  return phase
}

const selectedTracks = async (panel: Frame) =>
  (await tracksOf(panel)).filter(({ selected }) => selected).map(({ id }) => id)

const readout = (panel: Frame) => panel.$eval('[data-readout]', (line) => line.textContent ?? '')

/** What a screen reader says while the grid has the focus. */
const spoken = (panel: Frame) =>
  panel.$eval(GRID, (grid) => {
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
    return active?.getAttribute('aria-label') ?? ''
  })

/** Which fetch the details pane is about. */
const detailed = (panel: Frame) =>
  panel.$eval('[aria-label="Details of the selected fetch"] h2', (title) => title.textContent)

const clickTrack = (panel: Frame, id: string) =>
  panel.$$eval(
    `${GRID} [role="rowheader"]`,
    (heads, id) => {
      const head = heads.find((one) => one.firstElementChild?.textContent === id)
      if (head instanceof HTMLElement) head.click()
    },
    id,
  )

async function showTimeline(panel: Frame): Promise<void> {
  const toggle = await button(panel, 'Timeline')
  if ((await toggle.evaluate((it) => it.ariaPressed)) !== 'true') await press(panel, 'Timeline')
  await panel.waitForSelector(GRID)
}

/** Two fetches, the second queued until the first was aborted. */
async function openTwo() {
  const tab = await openTraced(bench)
  const { page, panel } = tab
  await showTimeline(panel)
  await startFetch(page, 'front')
  await waitForLive(panel, 'front', ({ state }) => state === 'active')
  await startFetch(page, 'behind')
  await waitForLive(panel, 'behind', ({ state }) => state === 'queued')
  await pressAbortNow(panel, 'front')
  await waitForRow(panel, { fetch: 'front', name: 'records released' })
  await waitForRow(panel, { fetch: 'front', name: 'backgroundfetchabort done' })
  await waitForLive(panel, 'behind', ({ state }) => state === 'active')
  return tab
}

inFullRun('two fetches, one queued behind the other, stand on one clock with their phases', async () => {
  const { panel } = await openTwo()
  await waitForRow(panel, { fetch: 'front', name: /^verdict: (?!.*so far)/ })
  const [front, behind] = await tracksOf(panel)
  if (!front || !behind) throw new Error('Two tracks were expected.')
  expect([front.id, behind.id]).toEqual(['front', 'behind'])

  const [downloading, aborting, handler, promise, verdict] = [
    'downloading',
    'aborting',
    'handler',
    'promise',
    'verdict',
  ].map((kind) => phaseOf(front, kind))
  expect(downloading?.right).toBeCloseTo(aborting?.left ?? 0, 0)
  expect(handler?.left).toBeGreaterThanOrEqual(aborting?.left ?? Number.POSITIVE_INFINITY)
  expect(promise?.left).toBeGreaterThanOrEqual(handler?.left ?? Number.POSITIVE_INFINITY)
  expect(verdict?.left).toBeGreaterThanOrEqual(promise?.left ?? Number.POSITIVE_INFINITY)
  expect(downloading?.label).toMatch(/^downloading: [\d.]+ m?s · from \+[\d.]+ m?s \(.*\) · .*[\d.]+ [kM]?B/)
  expect(promise?.label).toMatch(/^promise #1: [\d.]+ m?s/)
  expect(front.label).toMatch(/^front: aborted · started .* · clean-up: [\w ]+$/)

  // What was queued behind it began to move only when it had ended.
  expect(behind.phases.map(({ kind }) => kind)).toEqual(['queued', 'downloading'])
  expect(phaseOf(behind, 'queued').right).toBeGreaterThan(downloading?.right ?? Number.POSITIVE_INFINITY)
  expect(phaseOf(behind, 'downloading').label).toMatch(/so far, not over/)
})

test('the selection is shared with the table and the log, both ways', async () => {
  const { panel } = await openTwo()
  await clickTrack(panel, 'front')
  await eventually(() => selectedTracks(panel)).toEqual(['front'])
  expect(await detailed(panel)).toBe('front')

  await panel.$eval('table button[aria-pressed="false"]', (it) => (it as HTMLElement).click())
  await eventually(() => selectedTracks(panel)).toEqual(['behind'])
  expect(await detailed(panel)).toBe('behind')

  await panel.$$eval('[aria-label="Event log"] [data-row] button', (buttons) =>
    (buttons.find((one) => one.textContent === 'front') as HTMLElement | undefined)?.click(),
  )
  await eventually(() => selectedTracks(panel)).toEqual(['front'])

  await clickTrack(panel, 'behind')
  await eventually(() => panel.$eval('table tbody tr', (row) => row.getAttribute('aria-selected'))).toBe(
    'true',
  )
})

test('by keyboard, tracks and phases say their numbers, and Enter selects', async () => {
  const { devtools, panel } = await openTwo()
  await waitForRow(panel, { fetch: 'front', name: /^verdict: (?!.*so far)/ })
  await panel.focus(GRID)
  await devtools.keyboard.press('ArrowUp')
  await eventually(() => readout(panel)).toMatch(/^front aborted · started \d\d:\d\d/)
  expect(await spoken(panel)).toMatch(/^front: aborted/)

  const heard: string[] = []
  const count = (await trackOf(panel, 'front')).phases.length
  for (let i = 0; i < count; i++) {
    await devtools.keyboard.press('ArrowRight')
    heard.push(await spoken(panel))
    // What is seen is what is heard.
    expect(await readout(panel)).toBe(`front ${heard.at(-1)?.replace(': ', ' ')}`)
  }
  expect(heard).toEqual((await trackOf(panel, 'front')).phases.map(({ label }) => label))

  await devtools.keyboard.press('ArrowDown')
  await eventually(() => spoken(panel)).toMatch(/^behind: downloading/)
  expect(await panel.$('[aria-label="Details of the selected fetch"]')).toBe(null)
  await devtools.keyboard.press('Enter')
  await eventually(() => selectedTracks(panel)).toEqual(['behind'])
  expect(await detailed(panel)).toBe('behind')
})

inFullRun('F shows a phase in full width, and 0 shows all again', async () => {
  const { devtools, panel } = await openTwo()
  const wide = async () => {
    const { left, right } = phaseOf(await trackOf(panel, 'front'), 'aborting')
    return right - left
  }
  const before = await wide()
  await panel.focus(GRID)
  await devtools.keyboard.press('ArrowUp')
  for (let i = 0; i < 9 && !/^aborting/.test(await spoken(panel)); i++) {
    await devtools.keyboard.press('ArrowRight')
  }
  await devtools.keyboard.press('f')
  // Nothing shorter than four milliseconds fills the width, and an abort may be.
  const [, ms = '4'] = /: ([\d.]+) ms/.exec(phaseOf(await trackOf(panel, 'front'), 'aborting').label) ?? []
  await eventually(wide).toBeGreaterThan(500 * Math.min(1, Number(ms) / 4))
  await devtools.keyboard.press('0')
  await eventually(wide).toBeLessThan(before + 20)
})

inFullRun('a fetch that is selected elsewhere scrolls its track into view', async () => {
  const { page, panel } = await openWithWorker(bench)
  await showTimeline(panel)
  for (const n of [1, 2, 3, 4, 5]) await startFetch(page, `fetch-${n}`)
  await waitForLive(panel, 'fetch-5')
  await eventually(async () => (await trackOf(panel, 'fetch-5')).inView).toBe(true)
  expect((await trackOf(panel, 'fetch-1')).inView).toBe(false)
  await panel.$$eval('table tbody button', (buttons) =>
    (buttons.find((one) => one.textContent === 'fetch-1') as HTMLElement | undefined)?.click(),
  )
  await eventually(async () => (await trackOf(panel, 'fetch-1')).inView).toBe(true)
})

inFullRun('the timeline is remembered, and goes with its button', async () => {
  const { panel } = await bench.openTab('/blank.html')
  await showTimeline(panel)
  await reloadPanel(panel)
  await panel.waitForSelector(GRID)
  await press(panel, 'Timeline')
  await eventually(() => panel.$(GRID)).toBe(null)
})
