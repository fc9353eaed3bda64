import { setTimeout as sleep } from 'node:timers/promises'
import type { Demo } from '../demo/server/index'
import { launch } from '../scripts/browser/launch'
import { selectPanel } from '../scripts/browser/panel'
import { watchProcesses } from './cpu'
import { openIdlePage } from './idle-page'

/** What one process costs, in per cent of one core. */
export interface Cost {
  readonly process: string
  readonly without: number
  readonly with: number
}

/** Lets what came with opening something settle before it is measured. */
const SETTLE = 5000

/**
 * Measures an idle page that has a service worker and no fetch: first with DevTools open and the panel never
 * shown, then with the panel in front.
 */
export async function measureIdle(demo: Demo, ms: number): Promise<Cost[]> {
  const { browser, close } = await launch()
  try {
    const page = await openIdlePage(browser, demo.url)
    const devtools = await page.openDevTools()
    await devtools.waitForFrame((frame) => frame.url().endsWith('/extension/devtools.html'))
    const processes = await watchProcesses(browser)
    await sleep(SETTLE)
    const without = await processes.measure(ms)
    const panel = await selectPanel(devtools)
    await sleep(SETTLE)
    const withPanel = await processes.measure(ms)
    const names = new Map([[processes.browserProcess, ['browser']]])
    const places = [
      ['inspected page', page],
      ['DevTools', devtools],
      ['extension: panel and worker', panel],
    ] as const
    for (const [name, place] of places) {
      const id = await processes.of(place)
      names.set(id, [...(names.get(id) ?? []), name])
    }
    return [...names].map(([id, what]) => ({
      process: what.join(', '),
      without: without.get(id) ?? 0,
      with: withPanel.get(id) ?? 0,
    }))
  } finally {
    await close()
  }
}
