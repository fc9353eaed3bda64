import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import type { Demo } from '../../demo/server/index'
import { startFetch } from '../browser/fetch'
import { readFetches, readLog } from '../browser/read'
import { until } from '../browser/until'

/** A host that is mapped to this machine, so that it is no secure context as localhost would be. */
export const INSECURE_HOST = 'insecure.test'

export interface Scene {
  readonly name: string
  url(demo: Demo): string
  /** Brings page and panel into the state that is to be seen. */
  play(page: Page, panel: Frame): Promise<void>
  /** Takes back what the panel would remember. */
  leave?(panel: Frame): Promise<void>
}

const moved = (panel: Frame, id: string, bytes: number) =>
  until(`${bytes} bytes of ${id}`, async () =>
    (await readFetches(panel)).some((fetch) => fetch.id === id && fetch.done >= bytes),
  )

/** Aborts a fetch with its button, and waits until its clean-up was judged. */
async function abort(panel: Frame, id: string): Promise<void> {
  await panel.locator(`[aria-label="Abort ${id}"]`).click()
  await until(`the verdict on ${id} in the log`, async () =>
    (await readLog(panel)).some((line) => line.fetch.startsWith(id) && line.text.includes('verdict')),
  )
}

const home = (demo: Demo) => demo.url

const storageKnown = (panel: Frame) =>
  until('a look at the storage', async () =>
    (await readLog(panel)).some((line) => line.text.includes('storage looked at')),
  )

/** The demo treats an abort in this way from now on. */
const choose = (page: Page, handler: string) =>
  page.evaluate((name) => localStorage.setItem('longwave.handler', name), handler)

/** A scene in which a handler of the demo cleans up after an abort, or does not. */
const cleanUp = (name: string, handler: string): Scene => ({
  name,
  url: home,
  async play(page, panel) {
    await choose(page, handler)
    await page.reload()
    await storageKnown(panel)
    await page.locator('[aria-label="Download The Night Ferry"]').click()
    await moved(panel, 'night-ferry', 300_000)
    await select(panel, 'night-ferry')
    await abort(panel, 'night-ferry')
  },
})

const select = (panel: Frame, id: string) =>
  panel
    .locator(`table[aria-label="Active background fetches"] button[aria-pressed="false"]::-p-text(${id})`)
    .click()

const toggleLanes = (panel: Frame) => panel.locator('button::-p-text(Timeline)').click()

/** Saves the session with the panel's own dialog. Resolves with the path of the file. */
async function exportSession(page: Page, panel: Frame): Promise<string> {
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
  await panel.locator('[aria-label="Export session…"]').click()
  await panel.locator('dialog[open] button[type="submit"]').click()
  await saved
  await cdp.detach()
  const [name = ''] = await readdir(folder)
  return join(folder, name)
}

async function importFile(panel: Frame, file: string): Promise<void> {
  const input = await panel.waitForSelector('input[type="file"]')
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file)
}

/** One fetch was aborted and is selected, another is on its way: the picture of the README. */
export const figure: Scene = {
  name: 'figure',
  url: (demo) => `${demo.url}blank.html`,
  async play(page, panel) {
    // DevTools is open before the demo, so that its worker is watched from its first line on.
    await page.goto(new URL('/', page.url()).href)
    await startFetch(page, { id: 'salt-roads', bytes: 5_760_000, rate: 600_000 })
    await moved(panel, 'salt-roads', 1_000_000)
    await storageKnown(panel)
    await select(panel, 'salt-roads')
    await abort(panel, 'salt-roads')
    await page.locator('[aria-label="Download The Night Ferry"]').click()
    await moved(panel, 'night-ferry', 900_000)
  },
}

/** The states that are worth a look at every size. */
export const scenes: readonly Scene[] = [
  { name: 'no-worker', url: (demo) => `${demo.url}bare.html`, play: () => sleep(500) },
  { name: 'insecure', url: (demo) => `http://${INSECURE_HOST}:${demo.port}/`, play: () => sleep(500) },
  {
    name: 'browser-page',
    url: home,
    async play(page, panel) {
      // DevTools loads no extension that is opened on such a page.
      await page.goto('chrome://version/')
      await until('what is wrong with the page', async () =>
        (await readLog(panel)).some((line) => line.text.includes('not watching')),
      )
    },
  },
  { name: 'empty', url: home, play: () => sleep(500) },
  {
    name: 'one-fetch',
    url: home,
    async play(page, panel) {
      await page.locator('[aria-label="Download The Night Ferry"]').click()
      await moved(panel, 'night-ferry', 500_000)
    },
  },
  {
    name: 'five-fetches',
    url: home,
    async play(page, panel) {
      for (let i = 1; i <= 5; i++) {
        await startFetch(page, { id: `episode-${i}`, bytes: 3_000_000, rate: 500_000 })
      }
      await moved(panel, 'episode-1', 500_000)
    },
  },
  cleanUp('clean', 'keep'),
  cleanUp('suspicious', 'reject'),
  {
    name: 'imported',
    url: home,
    async play(page, panel) {
      const clean = cleanUp('clean', 'keep')
      await clean.play(page, panel)
      const file = await exportSession(page, panel)
      await importFile(panel, file)
      await panel.locator('::-p-text(Back to the tab)').wait()
    },
  },
  {
    name: 'error',
    url: home,
    async play(_, panel) {
      const file = join(await mkdtemp(join(tmpdir(), 'screenshots-')), 'notes.json')
      await writeFile(file, '{"half": ')
      await importFile(panel, file)
      await panel.locator('[role="alert"]').wait()
    },
  },
  {
    name: 'lanes',
    url: home,
    leave: (panel) => toggleLanes(panel),
    async play(page, panel) {
      await toggleLanes(panel)
      for (let i = 1; i <= 3; i++) {
        await startFetch(page, { id: `episode-${i}`, bytes: 3_000_000, rate: 700_000 })
      }
      await moved(panel, 'episode-1', 900_000)
      await abort(panel, 'episode-1')
      await moved(panel, 'episode-2', 900_000)
    },
  },
]
