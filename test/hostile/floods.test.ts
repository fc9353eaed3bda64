import { expect, test } from 'vitest'
import { atScale, inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { checkNext, readOutcome } from '../support/outcome'
import { waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { logRows } from '../support/rows'
import { startEndless, useSite } from './site-of-test'

const bench = useBench()
const site = useSite(bench)

/** How often a worker does each of the things that are reported. */
const FLOOD = atScale(300, 20_000)
/** How long a page starts and aborts fetches, in milliseconds. */
const LOOP = atScale(1000, 60_000)
/** A full run waits as long as it takes. */
const TIMEOUT = atScale(60_000, 300_000)
const PATIENCE = { timeout: 10_000, interval: 100 }

test(
  'a worker that floods the tracer with everything it reports is followed, and so is the next fetch',
  async () => {
    const { page, panel } = await site.open('flood', { parameter: String(FLOOD) })
    await startEndless(page, 'flood')
    await waitForLive(panel, 'flood')
    await pressAbort(panel, 'flood')
    await checkNext(panel, (id) => startEndless(page, id))
  },
  TIMEOUT,
)

/** Starts and aborts more than ten fetches one after the other, as fast as the browser does it, for so long at least; gives how many. */
const startAndAbort = ({ page }: Tab, during: number): Promise<number> =>
  page.evaluate(async (during) => {
    const registration = await navigator.serviceWorker.getRegistration()
    let count = 0
    for (const end = performance.now() + during; count <= 10 || performance.now() < end; count++) {
      const fetch = await registration?.backgroundFetch.fetch(`looped-${count}`, ['/endless'])
      await fetch?.abort()
    }
    return count
  }, during)

test(
  'a page that starts and aborts fetches in a loop gets no rows for what did not happen',
  async () => {
    const tab = await site.open()
    const { page, panel } = tab
    const count = await startAndAbort(tab, LOOP)
    await checkNext(panel, (id) => startEndless(page, id))
    const looped = async () =>
      new Set((await logRows(panel)).map(({ fetch }) => fetch).filter((id) => /^looped/.test(id)))
    // One whose end the worker has reported before a page listed it has a second row until the browser lists it no more.
    await expect
      .poll(async () => [...(await looped())].filter((id) => !/^looped-\d+$/.test(id)), PATIENCE)
      .toEqual([])
    // Of each of them that is in view, whatever is reported is reported once.
    for (const fetch of await looped()) {
      expect(Number(fetch.replace('looped-', ''))).toBeLessThan(count)
      const { seen, settled, unseen, over, dispatched, done } = await readOutcome(panel, fetch)
      for (const steps of [seen, [...settled, ...unseen], over, dispatched, done]) {
        expect(steps.length, `${fetch}: ${steps}`).toBeLessThanOrEqual(1)
      }
    }
  },
  TIMEOUT,
)

inFullRun('a fetch of many requests, some of which never answer, is listed and aborted', async () => {
  const { page, panel } = await site.open()
  await page.evaluate(
    async (many) => {
      const registration = await navigator.serviceWorker.getRegistration()
      const urls = Array.from({ length: many }, (_, i) => (i % 2 === 0 ? `/small?${i}` : `/endless?${i}`))
      await registration?.backgroundFetch.fetch('many', urls)
    },
    atScale(200, 5000),
  )
  await waitForLive(panel, 'many')
  await pressAbort(panel, 'many')
  await waitForRow(panel, { fetch: 'many', name: 'records released' })
  await checkNext(panel, (id) => startEndless(page, id))
})
