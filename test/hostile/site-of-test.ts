import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach } from 'vitest'
import { type Bench, registerWorker, type Tab } from '../harness'
import { logRows, printedLog } from '../panel'
import { type Site, startSite } from '../site'

/** A site for each test, whose worker is a script of test/fixtures. */
export interface SiteOfTest {
  readonly url: string
  /** Opens the panel on the site, and registers its worker; the script can read the parameter in its address. */
  open(bench: Bench, script?: string, parameter?: string): Promise<Tab>
}

export function useSite(): SiteOfTest {
  let site: Site | undefined
  beforeEach(async () => {
    site = await startSite()
  })
  afterEach(() => site?.close())
  const url = () => {
    if (!site) throw new Error('Use the site in a test only.')
    return site.url
  }
  return {
    get url() {
      return url()
    },
    async open(bench, script = 'plain', parameter = '') {
      const tab = await bench.openTab(url())
      await registerWorker(tab.page, {
        script: `/${script}.js`,
        handler: encodeURIComponent(parameter),
      })
      return tab
    },
  }
}

/** Starts a fetch that never ends by itself. */
export const startEndless = (page: Page, id: string): Promise<void> =>
  page.evaluate(async (id) => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration?.backgroundFetch.fetch(id, ['/endless'])
  }, id)

/** The log as text, for the message of a test that fails. */
export const logText = async ({ panel }: Tab): Promise<string> => printedLog(await logRows(panel))
