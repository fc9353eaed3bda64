import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { media, registerWorker, startFetch, type Tab, useBench } from './harness'
import { rowsLike, waitForLive, waitForRow } from './panel'
import {
  clearLog,
  pressAbortNow,
  pressStop,
  setTrace,
  stopElsewhere,
  stopUntraced,
  waitForNoWorker,
  waitForWorkers,
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

/** As many fetches as an origin may have at once, each with a worker of its own. */
const SCOPES = ['/1/', '/2/', '/3/', '/4/', '/5/']

/** Starts a fetch for each worker, stops the workers, and aborts the fetches all at once. */
async function abortFive({ page, panel }: Tab, name: string, stop: () => Promise<void>): Promise<void> {
  await clearLog(panel)
  const ids = SCOPES.map((_, i) => `${name}-${i + 1}`)
  await Promise.all(ids.map((id, i) => startFetch(page, id, [media('a')], { scope: SCOPES[i] ?? '/' })))
  for (const id of ids) await waitForLive(panel, id)
  await stop()
  await Promise.all(ids.map((id) => pressAbortNow(panel, id)))
  for (const id of ids) {
    await waitForRow(panel, { fetch: id, name: 'backgroundfetchabort over' })
    await waitForRow(panel, { fetch: id, name: /^backgroundfetchabort (done|not traced)$/ })
    expect(await workerStory(panel, id), id).toEqual(STORY)
    const [row] = await rowsLike(panel, { fetch: id, name: 'backgroundfetchabort dispatched' })
    expect(row?.text, id).toMatch(/one handler/)
  }
  await waitForWorkers(panel, SCOPES.length)
}

const ways: [times: number, way: string, stop: (page: Page, panel: Tab['panel']) => Promise<void>][] = [
  [100, 'stopped before the tracer came', stopUntraced],
  [100, 'stopped by the panel', (_, panel) => pressStop(panel)],
  [
    25,
    'stopped by the browser',
    async (page, panel) => {
      await stopElsewhere(page)
      // One that starts again before the tracer knows is traced, but not from its first line on.
      await waitForNoWorker(panel)
    },
  ],
]

for (const [times, way, stop] of ways) {
  test(`of ${times} aborts with a worker that was ${way}, all are traced with their handlers`, async () => {
    const tab = await bench.openTab('/blank.html')
    const { page, panel } = tab
    await setTrace(panel, true)
    for (const scope of SCOPES) await registerWorker(page, { handler: 'keep', scope })
    await waitForWorkers(panel, SCOPES.length)
    for (let i = 1; i <= times / SCOPES.length; i++) {
      await abortFive(tab, `abort-${i}`, () => stop(page, panel))
    }
  }, 300_000)
}
