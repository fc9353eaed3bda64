import type { Frame } from 'puppeteer-core'
import { afterAll, expect, test } from 'vitest'
import { startDemo } from '../../demo/server/index'
import { findChromium } from '../../scripts/browser/chromium.mjs'
import { root } from '../../scripts/browser/launch'
import { FULL } from '../support/full'
import { useBench } from '../support/harness'
import { createNetwork } from '../support/network'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'

const network = FULL ? createNetwork() : null
const server = await startDemo(network ? { host: network.host } : {})
const origin = `http://${network?.host}:${server.port}`
const chromium = await findChromium(root)
afterAll(async () => {
  await server.close()
  network?.remove()
})
const bench = useBench({
  own: true,
  args: [`--unsafely-treat-insecure-origin-as-secure=${origin}`],
  ...(network && chromium ? { executable: network.wrap(chromium) } : {}),
})

const stateOf = (panel: Frame, id: string) =>
  eventually(() => panel.$eval(`tr[data-id="${id}"] [data-column="state"]`, (cell) => cell.textContent ?? ''))

const why = FULL && !network ? '; skipped, as no network namespace can be made' : ''

test.runIf(network)(
  `where the network is gone, a fetch says that the page is offline, until it goes on${why}`,
  async () => {
    const { page, panel } = await bench.openTab(`${origin}/blank.html`)
    await registerWorker(page, { handler: 'discard' })
    await startFetch(page, 'cut', [media('sound')])
    await waitForLive(panel, 'cut', ({ progress }) => /kB/.test(progress))
    network?.disconnect()
    await waitForRow(panel, { name: 'page offline', text: /navigator\.onLine is false/ })
    await stateOf(panel, 'cut').toMatch(/^downloading · page offline · no progress, \d+ s$/)
    await waitForRow(panel, { fetch: 'cut', name: 'no progress', text: /navigator\.onLine is false/ })
    network?.connect()
    await waitForRow(panel, { name: 'page online' })
    await stateOf(panel, 'cut').not.toMatch(/offline/)
    await expect
      .poll(() => panel.$$eval('[data-row] b', (names) => names.map((name) => name.textContent)), {
        timeout: 50_000,
      })
      .toContain('stalled')
    await stateOf(panel, 'cut').toBe('downloading')
  },
  90_000,
)
