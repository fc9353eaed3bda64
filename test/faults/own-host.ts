import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LaunchOptions, launch } from '../../scripts/browser/launch'
import { SWITCHES, type Tab } from '../support/harness'
import { openTallPanel } from '../support/tab'
import type { Host } from './scene'

/** A browser with a profile of its own, which a fault may end and start again. */
export interface OwnHost extends Host {
  readonly profile: string
  /** Ends the browser as a crash does: nothing gets to run before. */
  kill(): Promise<void>
  /** Closes it and removes the profile. */
  close(): Promise<void>
}

/** A folder for a profile. */
export const makeProfile = (parent = tmpdir()): string =>
  mkdtempSync(join(parent, 'background-fetch-devtools-faults-'))

/** Starts a browser with the profile. */
export async function launchHost(profile: string, options: LaunchOptions = {}): Promise<OwnHost> {
  const { browser, close } = await launch({ first: 'security', args: SWITCHES, profile, ...options })
  const openPage = async (url: string) => {
    const page = await browser.newPage()
    await page.goto(url)
    return page
  }
  const openNewTab = async (url: string): Promise<Tab> => {
    const page = await openPage(url)
    return { page, ...(await openTallPanel(page)) }
  }
  return {
    browser,
    profile,
    openPage,
    openNewTab,
    openTab: openNewTab,
    reopen: async ({ page }) => ({ page, ...(await openTallPanel(page)) }),
    async kill() {
      const child = browser.process()
      const gone = new Promise((resolve) => child?.once('exit', resolve))
      child?.kill('SIGKILL')
      await gone
    },
    async close() {
      await close().catch(() => {})
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
