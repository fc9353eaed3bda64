import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer, { type Browser } from 'puppeteer-core'
import { findChromium } from './chromium.mjs'

/** Folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url))
/** Folder of the built extension. */
export const dist = join(root, 'dist')

/** Connections that Chromium would make by itself, and that have nothing to do with the job. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
]

export interface LaunchOptions {
  readonly headless?: boolean
  /** Extra command-line switches. */
  readonly args?: readonly string[]
  /** Theme of DevTools. */
  readonly theme?: 'light' | 'dark'
  /** The panel that DevTools opens with, by DevTools' own name of it; one that does little loads faster. */
  readonly first?: string
  /** Where DevTools is docked. */
  readonly dock?: 'right' | 'bottom' | 'undocked'
  readonly extension?: string
  /** The browser; without it the one that is found or was downloaded. */
  readonly executable?: string
  /** Without the extension. */
  readonly plain?: boolean
  /** Called with the folder of the profile before the browser is started. */
  readonly prepare?: (profile: string) => Promise<void>
  /** Folder of a profile that outlives the browser; without it the browser has one of its own. */
  readonly profile?: string
  /** The browser's language: English without a window, so that what is read there is the same everywhere. */
  readonly language?: string
  /** The X display to show the window on, such as `:99`; without it the one of this process. */
  readonly display?: string
}

export interface Launched {
  readonly browser: Browser
  close(): Promise<void>
}

const preferences = ({ theme = 'light', dock = 'undocked', first = 'elements' }: LaunchOptions) => ({
  profile: { default_content_setting_values: { automatic_downloads: 1 } },
  // Without it an unpacked extension does not come back when it is reloaded.
  extensions: { ui: { developer_mode: true } },
  devtools: {
    preferences: {
      'ui-theme': JSON.stringify(theme === 'dark' ? 'dark' : 'default'),
      uiTheme: JSON.stringify(theme === 'dark' ? 'dark' : 'default'),
      currentDockState: JSON.stringify(dock),
      'panel-selected-tab': JSON.stringify(first),
      'current-dock-state': JSON.stringify(dock),
    },
  },
})

/**
 * Starts Chromium with the built extension, in a profile that goes when the browser is closed unless one is given.
 */
export async function launch(options: LaunchOptions = {}): Promise<Launched> {
  const executablePath = options.executable ?? (await findChromium(root))
  if (!executablePath) throw new Error('No Chromium: run `node scripts/setup.mjs`.')
  const userDataDir = options.profile ?? (await mkdtemp(join(tmpdir(), 'background-fetch-devtools-')))
  const file = join(userDataDir, 'Default', 'Preferences')
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, JSON.stringify(preferences(options)))
  }
  const removeProfile = () => {
    if (!options.profile) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 })
  }
  await options.prepare?.(userDataDir)
  // Puppeteer ends the browser when this process exits, however it does; the profile goes after it.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const headless = options.headless ?? true
  const language = options.language ?? (headless ? 'en' : undefined)
  const browser = await puppeteer.launch({
    executablePath,
    headless,
    pipe: true,
    userDataDir,
    enableExtensions: options.plain ? [] : [options.extension ?? dist],
    handleDevToolsAsPage: true,
    // Nothing here asks about requests, and DevTools makes hundreds when it opens.
    networkEnabled: false,
    defaultViewport: null,
    env: {
      ...process.env,
      // Linux takes the language from the environment, the others from the switch.
      ...(language ? { LANGUAGE: language } : {}),
      ...(options.display ? { DISPLAY: options.display } : {}),
    },
    args: [
      ...quiet,
      ...sandbox,
      ...(language ? [`--lang=${language}`] : []),
      ...(headless ? ['--disable-gpu'] : []),
      ...(options.args ?? []),
    ],
  })
  if (!options.profile) process.once('exit', removeProfile)
  return {
    browser,
    async close() {
      await browser.close()
      removeProfile()
      process.off('exit', removeProfile)
    },
  }
}
