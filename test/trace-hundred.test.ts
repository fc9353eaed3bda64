import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { media, registerWorker, startFetch, useBench } from './harness'
import { rowsLike, waitForLive, waitForRow } from './panel'
import {
  clearLog,
  pressAbortNow,
  pressStop,
  setTrace,
  stopElsewhere,
  stopUntraced,
  waitForWorker,
  workerStory,
} from './trace'

const bench = useBench()

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

/** As many as an origin may have at once. */
const FIVE = [1, 2, 3, 4, 5]

/** Starts five fetches and aborts each, with its worker stopped before. */
async function abortFive(page: Page, panel: Frame, name: string, stop: () => Promise<void>): Promise<void> {
  await clearLog(panel)
  const ids = FIVE.map((n) => `${name}-${n}`)
  for (const id of ids) await startFetch(page, id, [media('a')])
  for (const id of ids) await waitForLive(panel, id)
  for (const id of ids) {
    await stop()
    await pressAbortNow(panel, id)
    await waitForRow(panel, { fetch: id, name: 'backgroundfetchabort over' })
    await waitForRow(panel, { fetch: id, name: /^backgroundfetchabort (done|not traced)$/ })
    expect(await workerStory(panel, id), id).toEqual(STORY)
    const [row] = await rowsLike(panel, { fetch: id, name: 'backgroundfetchabort dispatched' })
    expect(row?.text, id).toMatch(/one handler/)
    await waitForWorker(panel)
  }
}

const ways: [times: number, way: string, stop: (page: Page, panel: Frame) => Promise<void>][] = [
  [100, 'stopped before the tracer came', stopUntraced],
  [100, 'stopped by the panel', (_, panel) => pressStop(panel)],
  [25, 'stopped by the browser', (page) => stopElsewhere(page)],
]

for (const [times, way, stop] of ways) {
  test(`of ${times} aborts with a worker that was ${way}, all are traced with their handlers`, async () => {
    const { page, panel } = await open()
    for (let i = 1; i <= times / FIVE.length; i++) {
      await abortFive(page, panel, `abort-${i}`, () => stop(page, panel))
    }
  }, 300_000)
}
