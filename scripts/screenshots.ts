// npm run screenshots: the panel in real DevTools. With --all: every state at every size, in both themes;
// with a name behind it: the states whose name begins so, and no others. With --store: the five pictures for the web store.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'puppeteer-core'
import { type Demo, startDemo } from '../demo/server/index'
import { launch, root } from './browser/launch'
import { openPanel } from './browser/panel'
import { permittedExtension } from './browser/permitted'
import { QUICK_DOWNLOADS } from './browser/quick-downloads'
import { figure } from './screenshots/figure'
import { INSECURE_HOST, type Scene } from './screenshots/scene'
import { STORE_SCENES, scenes } from './screenshots/scenes'

interface Shot {
  readonly path: string
  readonly width: number
  readonly height: number
}

/** Plays a scene and takes its pictures, on an origin of its own: what others have stored or registered is not seen. */
async function shoot(browser: Browser, scene: Scene, shots: readonly Shot[]): Promise<void> {
  const demo = await startDemo()
  try {
    await play(browser, demo, scene, shots)
  } finally {
    await demo.close()
  }
}

async function play(browser: Browser, demo: Demo, scene: Scene, shots: readonly Shot[]): Promise<void> {
  const page = await browser.newPage()
  await scene.prepare?.(page)
  await page.goto(scene.url(demo))
  const { devtools, panel } = await openPanel(page)
  const [first] = shots
  if (first) await devtools.setViewport({ width: first.width, height: first.height })
  await scene.play(page, panel)
  for (const { path, width, height } of shots) {
    await devtools.setViewport({ width, height })
    // DevTools moves the line under its tab, and the panel learns its size.
    await sleep(500)
    await devtools.screenshot({ path: path as `${string}.png` })
    console.log(path)
  }
  await scene.leave?.(panel)
  // What still runs would be seen in the next scene; a page of the browser has nothing that could.
  await page.goto(demo.url)
  await page.evaluate(async () => {
    const registrations: readonly unknown[] = (await navigator.serviceWorker?.getRegistrations()) ?? []
    for (const registration of registrations) {
      const { backgroundFetch } = registration as {
        backgroundFetch?: {
          getIds(): Promise<string[]>
          get(id: string): Promise<{ abort(): Promise<boolean> }>
        }
      }
      for (const id of (await backgroundFetch?.getIds()) ?? [])
        await (await backgroundFetch?.get(id))?.abort()
    }
  })
  await page.close()
}

const sizes = [
  ['narrow', 320, 600],
  ['right', 500, 700],
  ['bottom', 1200, 300],
] as const

/** The size that the web store asks for. */
const STORE_SIZE = { width: 1280, height: 800 }

/** Starts a browser for some scenes. */
async function withBrowser(
  theme: 'light' | 'dark',
  { args = [], permitted = false }: Pick<Scene, 'args' | 'permitted'>,
  run: (browser: Browser) => Promise<void>,
): Promise<void> {
  const extension = permitted ? await permittedExtension() : undefined
  const { browser, close } = await launch({
    theme,
    ...(extension ? { extension: extension.folder } : {}),
    args: [QUICK_DOWNLOADS, `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`, ...args],
  })
  try {
    await run(browser)
  } finally {
    await close()
    await extension?.remove()
  }
}

async function takeStorePictures(): Promise<void> {
  const folder = join(root, 'out', 'store')
  await mkdir(folder, { recursive: true })
  await withBrowser('light', {}, async (browser) => {
    for (const [i, name] of STORE_SCENES.entries()) {
      const scene = [figure, ...scenes].find((one) => one.name === name)
      if (!scene) throw new Error(`There is no state “${name}”`)
      await shoot(browser, scene, [{ path: join(folder, `${i + 1}-${name}.png`), ...STORE_SIZE }])
    }
  })
}

/** The picture of the README; with `all` every state, or those whose name begins so. */
async function takePictures(all: boolean, only: string): Promise<void> {
  const figures = join(root, 'docs', 'figures')
  const others = join(root, 'out', 'screenshots')
  await mkdir(figures, { recursive: true })
  await mkdir(others, { recursive: true })
  const chosen = scenes.filter(({ name }) => name.startsWith(only))
  if (chosen.length === 0) {
    throw new Error(`No state begins with “${only}”: ${scenes.map(({ name }) => name).join(', ')}`)
  }
  /** Those that need no browser of their own. */
  const together = chosen.filter(({ args, permitted }) => !args && !permitted)
  for (const theme of ['light', 'dark'] as const) {
    const shots = ({ name }: Scene) =>
      sizes.map(([where, width, height]) => ({
        path: join(others, `${name}-${where}-${theme}.png`),
        width,
        height,
      }))
    if (together.length > 0) {
      await withBrowser(theme, {}, async (browser) => {
        // First: nobody has registered the demo's worker yet.
        const shot = { path: join(figures, `panel-${theme}.png`), width: 1200, height: 640 }
        if (only === '') await shoot(browser, figure, [shot])
        if (!all) return
        for (const scene of together) await shoot(browser, scene, shots(scene))
      })
    }
    if (!all) continue
    for (const scene of chosen) {
      if (together.includes(scene)) continue
      await withBrowser(theme, scene, (browser) => shoot(browser, scene, shots(scene)))
    }
  }
}

const [, , which, only = ''] = process.argv
if (which === '--store') await takeStorePictures()
else await takePictures(which === '--all', only)
