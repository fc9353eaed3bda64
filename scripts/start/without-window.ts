import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame } from 'puppeteer-core'
import type { Demo } from '../../demo/server/index'
import { launch, root } from '../browser/launch'
import { openPanel } from '../browser/panel'
import { type LogLine, readFetches, readLog } from '../browser/read'
import { recordedEvents } from '../browser/recorded'
import { until } from '../browser/until'
import { prepareDemo } from './prepare-demo'

/** The episode of the demo that is downloaded, and the id of its fetch. */
const EPISODE = 'The Night Ferry'
const ID = 'night-ferry'

const isVerdictSoFar = ({ name }: LogLine): boolean =>
  name.startsWith('verdict: ') && name.endsWith(' so far')

/**
 * Prints each row of the log when it appears, and again when what it says has changed. A verdict that is so far is printed once: later
 * its row only points to that of the final one, which is printed below it.
 */
function followLog(panel: Frame): { stop(): Promise<void>; rows(): LogLine[] } {
  const shown = new Map<string, LogLine>()
  let running = true
  const look = async () => {
    for (const row of await readLog(panel)) {
      const { key, time, delta, source, fetch, text } = row
      const before = shown.get(key)
      if (before && (before.text === text || isVerdictSoFar(before))) continue
      shown.set(key, row)
      console.log(`  ${time} ${delta.padStart(8)}  ${source.padEnd(7)} ${fetch.padEnd(12)} ${text}`)
    }
  }
  const loop = async () => {
    while (running) {
      await look()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await look()
  }
  const done = loop()
  // Whoever awaits stop() gets the failure; until then it must not end the process.
  done.catch(() => {})
  return {
    async stop() {
      running = false
      await done
    },
    rows: () => [...shown.values()],
  }
}

/** A verdict that does not change any more: the storage was read a quiet time after the event. */
const isFinalVerdict = (line: LogLine): boolean =>
  line.fetch === ID && line.name.startsWith('verdict: ') && !isVerdictSoFar(line)

/** Downloads an episode, aborts it from the panel on the way, and says what the panel shows of it. */
export async function showWithoutWindow(demo: Demo): Promise<void> {
  console.log('No display: doing the same in a headless browser.\n')
  const { browser, close } = await launch()
  try {
    const page = await browser.newPage()
    await prepareDemo(page, demo)
    const { devtools, panel } = await openPanel(page)
    await devtools.setViewport({ width: 1200, height: 720 })
    console.log(`Chromium ${(await browser.version()).replace(/^.*\//, '')}; DevTools is open on the demo.`)
    console.log('Log of the Background Fetch tab:')
    const log = followLog(panel)
    await page.goto(demo.url)
    // Downloads that begin from here on are compared with it. Its row is Verbose, and not shown.
    await until('the baseline of the storage', async () =>
      (await recordedEvents(panel)).some(({ body }) => body.type === 'storage-baseline'),
    )
    await page.locator(`[aria-label="Download ${EPISODE}"]`).click()
    await until(`bytes of ${ID} in the table of active fetches`, async () =>
      (await readFetches(panel)).some((fetch) => fetch.id === ID && fetch.done > 0),
    )
    await panel.locator(`[aria-label="Abort ${ID}"]`).click()
    for (const expected of ['settled: failure, aborted', 'records released']) {
      await until(`the row "${expected}" in the log`, async () =>
        log.rows().some(({ text }) => text.startsWith(expected)),
      )
    }
    const verdict = await until('the final verdict in the log', async () => log.rows().find(isFinalVerdict))
    await until('no active fetch', async () => (await readFetches(panel)).length === 0)
    await log.stop()
    const active = await readFetches(panel)
    console.log(
      `\nActive fetches: ${active.map(({ id, progress }) => `${id} ${progress}`).join(', ') || 'none'}`,
    )
    const path = join(root, 'out', 'start.png') as `${string}.png`
    await mkdir(join(root, 'out'), { recursive: true })
    await devtools.screenshot({ path })
    console.log(`Screenshot of DevTools: ${path}\n`)
    console.log(`${ID}: ${verdict.name}`)
    console.log(verdict.text.slice(verdict.name.length).trim())
  } finally {
    await close()
  }
}
