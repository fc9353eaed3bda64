import type { Frame, Page } from 'puppeteer-core'
import { afterEach, beforeEach, expect } from 'vitest'
import { waitForRecorded } from '../support/events'
import { inEveryRunIf } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import {
  clearLog,
  pressAbortNow,
  pressStop,
  setTrace,
  stopUntraced,
  untilTraced,
  waitForWorker,
} from '../support/trace'

const bench = useBench()
let site: Site
beforeEach(async () => {
  site = await startSite()
})
afterEach(() => site.close())

/** Goes to a new site with the tracer off, and registers its worker. */
async function goToSite({ page, panel }: Tab): Promise<void> {
  await setTrace(panel, false)
  await site.close()
  site = await startSite()
  await page.goto(site.url)
  await registerWorker(page, { script: '/observable.js', handler: '' })
}

/** Ends one fetch with an abort and one with success, and gives what the worker could observe. */
async function observe({ page, panel }: Tab, prepare: () => Promise<void>): Promise<string[]> {
  await startFetch(page, 'aborted', ['/endless'])
  await waitForLive(panel, 'aborted')
  await prepare()
  await pressAbortNow(panel, 'aborted')
  await waitForRow(panel, { fetch: 'aborted', name: 'records released' })
  await startFetch(page, 'whole', ['/small'])
  const log = await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    const { port1, port2 } = new MessageChannel()
    return new Promise<string[]>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data)
      active?.postMessage('log', [port2])
    })
  })
  return log.map((line) => line.replaceAll(site.url, 'site/'))
}

const traced: Record<string, (page: Page, panel: Frame) => Promise<void>> = {
  'from before its start': stopUntraced,
  'from its start': (_, panel) => pressStop(panel),
  'from its middle': async () => {},
}

for (const [when, prepare] of Object.entries(traced)) {
  inEveryRunIf(when === 'from before its start')(
    `a worker that is traced ${when} on notices nothing`,
    async () => {
      const tab = await bench.openTab('/blank.html')
      const { page, panel } = tab
      await goToSite(tab)
      const expected = await observe(tab, async () => {})
      /** Resolves with whether it was traced as wanted. */
      const observeTraced = async (): Promise<boolean> => {
        await clearLog(panel)
        await goToSite(tab)
        await setTrace(panel, true)
        await waitForWorker(panel)
        expect(await observe(tab, () => prepare(page, panel))).toEqual(expected)
        // Not from the rows: the log has more of them than it draws.
        await waitForRecorded(panel, 'wait-until-refused', ({ reason }) => reason === 'event-over')
        const { handlers } = await waitForRecorded(
          panel,
          'dispatched',
          ({ name }) => name === 'backgroundfetchabort',
        )
        return when === 'from its middle' || handlers !== null
      }
      await untilTraced(observeTraced)
    },
  )
}
