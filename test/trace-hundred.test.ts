import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { media, registerWorker, startFetch, useBench } from './harness'
import { rowsLike, waitForLive, waitForRow } from './panel'
import {
  clearLog,
  pressAbortNow,
  pressStop,
  setTrace,
  stopUntraced,
  waitForWorker,
  workerStory,
} from './trace'

const bench = useBench()

const TIMES = 100
const STORY = [
  'backgroundfetchabort dispatched',
  'waitUntil() #1',
  'handler returned',
  'promise #1 fulfilled',
  'backgroundfetchabort done',
]

async function open(): Promise<{ page: Page; panel: Frame }> {
  const { page, panel } = await bench.openTab('/blank.html')
  await setTrace(panel, true)
  await registerWorker(page, { handler: 'keep' })
  await waitForWorker(panel)
  return { page, panel }
}

async function abortOne(page: Page, panel: Frame, id: string, stop: () => Promise<void>): Promise<string[]> {
  await clearLog(panel)
  await startFetch(page, id, [media('a')])
  await waitForLive(panel, id)
  await stop()
  await pressAbortNow(panel, id)
  await waitForRow(panel, { fetch: id, name: 'backgroundfetchabort over' })
  await waitForRow(panel, { fetch: id, name: /^backgroundfetchabort (done|not traced)$/ })
  return workerStory(panel, id)
}

test(`of ${TIMES} aborts with a worker that was stopped before the tracer came, all are traced`, async () => {
  const { page, panel } = await open()
  let seen = 0
  for (let i = 1; i <= TIMES; i++) {
    const story = await abortOne(page, panel, `paused-${i}`, () => stopUntraced(page, panel))
    expect(story, `abort ${i}`).toEqual(STORY)
    const [row] = await rowsLike(panel, { name: 'backgroundfetchabort dispatched' })
    expect(row?.text, `abort ${i}`).toMatch(/one handler/)
    seen++
  }
  expect(seen).toBe(TIMES)
}, 300_000)

test(`of ${TIMES} aborts with a worker that the panel stopped, all end, traced or said not to be`, async () => {
  const { page, panel } = await open()
  let missed = 0
  let late = 0
  for (let i = 1; i <= TIMES; i++) {
    const story = await abortOne(page, panel, `pressed-${i}`, () => pressStop(panel))
    await waitForWorker(panel)
    if (story.length === 0) {
      const rows = await rowsLike(panel, { fetch: `pressed-${i}`, name: 'backgroundfetchabort not traced' })
      expect(rows, `abort ${i}`).toHaveLength(1)
      missed++
      continue
    }
    expect(story, `abort ${i}`).toEqual(STORY)
    const [row] = await rowsLike(panel, { name: 'backgroundfetchabort dispatched' })
    if (/can’t be told/.test(row?.text ?? '')) late++
  }
  console.log(`${TIMES} aborts of stopped workers: ${missed} not traced, ${late} traced without its handlers`)
}, 300_000)
