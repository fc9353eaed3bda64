import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Page } from 'puppeteer-core'
import { onTestFinished } from 'vitest'
import { findChromium } from '../../scripts/browser/chromium.mjs'
import { startFetch } from '../../scripts/browser/fetch'
import { root } from '../../scripts/browser/launch'
import { selectPanel } from '../../scripts/browser/panel'
import { QUICK_DOWNLOADS } from '../../scripts/browser/quick-downloads'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { registerWorker } from '../support/page'
import { eventually, waitForText } from '../support/panel'

const bench = useBench({ own: true })

/** Opens a page in another browser, which knows nothing of the extension. Resolves with it and what DevTools connects to. */
async function openRemotePage(url: string): Promise<{ page: Page; socket: string }> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'remote-target-'))
  const browser = await puppeteer.launch({
    executablePath: (await findChromium(root)) ?? '',
    userDataDir,
    // A port of its own beside the pipe that Puppeteer could use: DevTools connects to it.
    args: [
      '--remote-debugging-port=0',
      '--remote-allow-origins=*',
      '--no-first-run',
      '--disable-gpu',
      QUICK_DOWNLOADS,
    ].concat(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  })
  onTestFinished(async () => {
    await browser.close()
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 })
  })
  const page = await browser.newPage()
  await page.goto(url)
  const [port] = (await readFile(join(userDataDir, 'DevToolsActivePort'), 'utf8')).split('\n')
  const cdp = await page.createCDPSession()
  const { targetInfo } = await cdp.send('Target.getTargetInfo')
  return { page, socket: `127.0.0.1:${port}/devtools/page/${targetInfo.targetId}` }
}

inFullRun(
  'a DevTools window without a tab lists the active fetches of its page, and aborts them',
  async () => {
    const { page, socket } = await openRemotePage(`${bench.demo.url}blank.html`)
    const devtools = await bench.browser.newPage()
    await devtools.goto(`devtools://devtools/bundled/devtools_app.html?ws=${socket}`)
    const panel = await selectPanel(devtools)
    await waitForText(panel, /This DevTools window has no tab/)
    await waitForText(panel, /No background fetch is active on http/)

    await registerWorker(page)
    await startFetch(page, { id: 'one', bytes: 40_000_000, rate: 500_000 })
    const cells = () =>
      panel.$$eval('[aria-label="Background fetches of the remote page"] tbody td', (all) =>
        all.map((cell) => cell.textContent ?? ''),
      )
    await eventually(cells).toContain('one')
    // Its progress is read again and again.
    await eventually(async () => (await cells())[1]).toMatch(/^[1-9]\d*(\.\d)? MB of 40/)

    await panel.locator('[aria-label="Abort one"]').click()
    await waitForText(panel, /abort\(\) of one: true/)
    await eventually(cells).toEqual([])
    // What was read for the panel is taken out of the page again, but for the last reading.
    await page.waitForFunction(
      () =>
        Object.getOwnPropertySymbols(globalThis).filter((key) => /aborted$/.test(key.description ?? ''))
          .length === 0,
    )
  },
)
