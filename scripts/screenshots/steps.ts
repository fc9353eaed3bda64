import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import type { Demo } from '../../demo/server/index'
import { readFetches, readLog } from '../browser/read'
import { recordedEvents } from '../browser/recorded'
import { until } from '../browser/until'
import type { Scene } from './scene'

export const moved = (panel: Frame, id: string, bytes: number) =>
  until(`${bytes} bytes of ${id}`, async () =>
    (await readFetches(panel)).some((fetch) => fetch.id === id && fetch.done >= bytes),
  )

/** Aborts a fetch with its button, and waits until its clean-up was judged for good. */
export async function abort(panel: Frame, id: string): Promise<void> {
  await panel.locator(`[aria-label="Abort ${id}"]`).click()
  await until(`the verdict on ${id} in the log`, async () =>
    (await readLog(panel)).some(
      ({ fetch, name }) => fetch.startsWith(id) && /^verdict: (?!.* so far$)/.test(name),
    ),
  )
}

export const home = (demo: Demo) => demo.url

/** The page that is open now has taken its baseline: its row is Verbose, and not shown. */
export const storageKnown = (panel: Frame) =>
  until('a baseline of the storage', async () => {
    const types = (await recordedEvents(panel)).map(({ body }) => body.type)
    return types.lastIndexOf('storage-baseline') > types.lastIndexOf('navigated')
  })

/** The demo treats an abort in this way from now on. */
export const choose = (page: Page, handler: string) =>
  page.evaluate((name) => localStorage.setItem('longwave.handler', name), handler)

/** Starts a fetch of the demo, whose worker treats its abort in this way, and selects it. */
export async function startNightFerry(page: Page, panel: Frame, handler: string): Promise<void> {
  await choose(page, handler)
  await page.reload()
  await storageKnown(panel)
  await page.locator('[aria-label="Download The Night Ferry"]').click()
  await moved(panel, 'night-ferry', 300_000)
  await select(panel, 'night-ferry')
}

/** A scene in which a handler of the demo cleans up after an abort, or does not. */
export const cleanUp = (name: string, handler: string): Scene => ({
  name,
  url: home,
  async play(page, panel) {
    await startNightFerry(page, panel, handler)
    await abort(panel, 'night-ferry')
  },
})

export const select = (panel: Frame, id: string) =>
  panel
    .locator(`[aria-label="Background fetches"] [data-select][aria-pressed="false"]::-p-text(${id})`)
    .click()

export const toggleGroups = (panel: Frame) => panel.locator('label::-p-text(Group by fetch)').click()

export const toggleTimeline = (panel: Frame) =>
  panel.locator('::-p-aria([name="Timeline"][role="button"])').click()

/** Opens a menu of the toolbar. */
export const openMenu = (panel: Frame, name: string) =>
  panel.locator(`[aria-label="${name}"][aria-expanded]`).click()

/** Chooses an entry of a menu of the toolbar. */
export async function chooseIn(panel: Frame, name: string, entry: string): Promise<void> {
  await openMenu(panel, name)
  await panel.locator(`[role="menu"] [aria-label="${entry}"]`).click()
}

/** Saves the session with the panel's own dialog. Resolves with the path of the file. */
export async function exportSession(page: Page, panel: Frame): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'screenshots-'))
  const cdp = await page.browser().target().createCDPSession()
  await cdp.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  })
  const saved = new Promise<void>((resolve) => {
    cdp.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve())
  })
  await chooseIn(panel, 'More options', 'Export session…')
  await panel.locator('dialog[open] button[type="submit"]').click()
  await saved
  await cdp.detach()
  const [name = ''] = await readdir(folder)
  return join(folder, name)
}

export async function importFile(panel: Frame, file: string): Promise<void> {
  const input = await panel.waitForSelector('input[type="file"]')
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file)
}

/** Waits until the panel says so, anywhere in it. */
export const said = (panel: Frame, text: RegExp) =>
  until(String(text), () =>
    panel.$eval('body', ({ innerText }, source) => new RegExp(source).test(innerText), text.source),
  )
