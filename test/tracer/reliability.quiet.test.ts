import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { atScale, inEveryRunIf } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { media, registerWorker, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { rowsLike } from '../support/rows'
import {
  clearLog,
  HANDLED,
  pressAbortNow,
  pressStop,
  setTrace,
  stopElsewhere,
  stopUntraced,
  waitForNoWorker,
  waitForWorkers,
  workerStory,
} from '../support/trace'

const bench = useBench()

/** As many fetches as an origin may have at once, each with a worker of its own. */
const SCOPES = ['/1/', '/2/', '/3/', '/4/', '/5/']

/** The tracer has reported all that the handler did, or says what it can't tell: which of them? */
async function isTraced(panel: Tab['panel'], id: string): Promise<boolean> {
  await waitForRow(panel, { fetch: id, name: 'records released' })
  // "Not traced" is taken back when the worker's word comes late; by the verdict all has been said.
  await waitForRow(panel, { fetch: id, name: /^(backgroundfetchabort done$|verdict)/ })
  const story = await workerStory(panel, id)
  const [first] = await rowsLike(panel, { fetch: id, name: 'backgroundfetchabort dispatched' })
  if (first && /one handler/.test(first.text)) {
    expect(story, id).toEqual(HANDLED)
    return true
  }
  if (first) expect(first.text, id).toMatch(/handlers unknown/)
  else await waitForRow(panel, { fetch: id, name: 'backgroundfetchabort not traced' })
  return false
}

/** Starts a fetch for each worker, stops the workers, and aborts the fetches all at once. Gives those not traced. */
async function abortFive({ page, panel }: Tab, name: string, stop: () => Promise<void>): Promise<string[]> {
  await clearLog(panel)
  const ids = SCOPES.map((_, i) => `${name}-${i + 1}`)
  await Promise.all(ids.map((id, i) => startFetch(page, id, [media('a')], { scope: SCOPES[i] ?? '/' })))
  for (const id of ids) await waitForLive(panel, id)
  await stop()
  await Promise.all(ids.map((id) => pressAbortNow(panel, id)))
  const missed: string[] = []
  for (const id of ids) if (!(await isTraced(panel, id))) missed.push(id)
  await waitForWorkers(panel, SCOPES.length)
  return missed
}

const ways: [times: number, way: string, stop: (page: Page, panel: Tab['panel']) => Promise<void>][] = [
  [atScale(5, 100), 'stopped before the tracer came', stopUntraced],
  [atScale(5, 100), 'stopped by the panel', (_, panel) => pressStop(panel)],
  [
    atScale(5, 25),
    'stopped by the browser',
    async (page, panel) => {
      await stopElsewhere(page)
      // One that starts again before the tracer knows is traced, but not from its first line on.
      await waitForNoWorker(panel)
    },
  ],
]

/** DevTools lets a worker continue as soon as it is there: with five at a time it may be the first, this seldom. */
const MISSED = 0.05

for (const [times, way, stop] of ways) {
  inEveryRunIf(way === 'stopped before the tracer came')(
    `of ${times} aborts with a worker that was ${way}, nearly all are traced, and the others said`,
    async () => {
      const tab = await bench.openTab('/blank.html')
      const { page, panel } = tab
      await setTrace(panel, true)
      for (const scope of SCOPES) await registerWorker(page, { handler: 'keep', scope })
      await waitForWorkers(panel, SCOPES.length)
      const missed: string[] = []
      for (let i = 1; i <= times / SCOPES.length; i++) {
        missed.push(...(await abortFive(tab, `abort-${i}`, () => stop(page, panel))))
      }
      if (missed.length > 0) console.log(`Not traced: ${missed.join(', ')}`)
      expect(missed.length).toBeLessThanOrEqual(Math.max(2, times * MISSED))
    },
    300_000,
  )
}
