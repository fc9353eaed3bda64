import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { logRows, printedLog } from '../support/rows'
import {
  clearLog,
  HANDLED,
  logFrom,
  pressAbortNow,
  pressStop,
  stopUntraced,
  waterfallOf,
} from '../support/trace'

const bench = useBench()

const PAGE = ['panel abort requested', 'page abort() → true', 'page settled: failure, aborted']
const WORKER = HANDLED.map((name) => `worker ${name}`)
const OVER = 'page records released'

async function openTracedFetch(id: string) {
  const tab = await openTraced(bench)
  await startFetch(tab.page, id)
  await waitForLive(tab.panel, id, ({ state }) => state === 'active')
  return tab
}

/** Aborts the fetch, and waits until its event is over for the page and in the worker. */
async function abortTraced(panel: Frame, id: string): Promise<void> {
  await pressAbortNow(panel, id)
  await waitForRow(panel, { fetch: id, name: 'records released' })
  await waitForRow(panel, { fetch: id, name: 'backgroundfetchabort done' })
}

/** The log from the abort on, and who reported what in it. */
async function storyFrom(panel: Frame) {
  const rows = await logFrom(panel, 'abort requested')
  const times = rows.map(({ time }) => time)
  expect(times).toEqual(times.toSorted())
  return { rows, story: rows.map(({ source, name }) => `${source} ${name}`) }
}

test('an abort with a stopped worker is counted from Abort to the release of the records, in order', async () => {
  const { panel } = await openTracedFetch('cold')
  await pressStop(panel)
  await abortTraced(panel, 'cold')
  const { rows, story } = await storyFrom(panel)
  const start = 'worker worker started'
  expect(story.filter((step) => step !== start)).toEqual([...PAGE, ...WORKER, OVER])
  // The browser may start the worker before the page hears of the end.
  expect(story.indexOf(start)).toBeGreaterThan(0)
  expect(story.indexOf(start)).toBeLessThan(story.indexOf(WORKER[0] ?? ''))
  expect(rows.filter(({ name }) => name !== 'worker started').every(({ fetch }) => fetch === 'cold')).toBe(
    true,
  )

  const text = (name: string) => rows.find((row) => row.name === name)?.text ?? ''
  expect(text('worker started')).toMatch(/Was not running: sw\.js\?handler=keep, scope http.*, activated/)
  expect(rows.find(({ name }) => name === 'backgroundfetchabort dispatched')?.delta).toMatch(/^\+\d/)
  expect(text('backgroundfetchabort dispatched')).not.toMatch(/not trusted/)
  expect(text('backgroundfetchabort done')).toMatch(/its promise fulfilled/)
  expect(text('waitUntil() #1')).toMatch(/keep\.js:\d+$/)
})

test('an abort with a running worker is reported the same, without the start', async () => {
  const { panel } = await openTracedFetch('warm')
  await clearLog(panel)
  await abortTraced(panel, 'warm')
  const { story } = await storyFrom(panel)
  // A warm worker can be handed the event before the page hears that its fetch has settled.
  expect(story.filter((line) => line.startsWith('worker'))).toEqual(WORKER)
  expect(story.filter((line) => !line.startsWith('worker'))).toEqual([...PAGE, OVER])
  expect(story.at(-1)).toBe(OVER)
})

test('a worker that is stopped before the tracer comes reports its one handler and where it was added', async () => {
  const { page, panel } = await openTracedFetch('paused')
  await stopUntraced(page, panel)
  await clearLog(panel)
  await pressAbortNow(panel, 'paused')
  const { text } = await waitForRow(panel, { fetch: 'paused', name: 'backgroundfetchabort dispatched' })
  expect(text, printedLog(await logRows(panel))).toMatch(/one handler.*keep\.js:\d+$/)
  await waitForRow(panel, { name: 'worker started', text: /Was not running: / })
})

test('the timeline of an abort has a bar for each of its steps', async () => {
  const { panel } = await openTracedFetch('bars')
  await pressStop(panel)
  await abortTraced(panel, 'bars')
  expect(await waterfallOf(panel, 'bars')).toEqual([
    'abort()',
    'to settled',
    'worker start',
    'until records released',
    'handler running',
    'handler',
    'promise #1',
  ])
  const bars = await panel.$$eval('ul[aria-label="Waterfall"] li', (all) =>
    all.map((bar) => ({
      title: bar.getAttribute('title'),
      indent: Number.parseFloat(getComputedStyle(bar.firstElementChild as Element).paddingLeft),
    })),
  )
  expect(bars).toHaveLength(7)
  for (const { title } of bars) expect(title).toMatch(/^from [\d.]+ m?s, [\d.]+ m?s$/)
  // The handler and its promise are within the event in the worker.
  expect(bars.map(({ indent }) => indent)).toEqual([0, 0, 0, 0, 12, 24, 24])
  const zero = await panel.$$eval('[data-zero="true"]', (lines) => lines.map((line) => line.textContent))
  expect(zero).toEqual(['0'])
})
