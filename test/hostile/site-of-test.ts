import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach } from 'vitest'
import type { Bench, Tab } from '../support/harness'
import { registerWorker } from '../support/page'
import { waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { logRows, printedLog } from '../support/rows'
import { type Site, startSite } from '../support/site'
import { setTrace } from '../support/trace'

interface Opening {
  /** What the script reads in its address. */
  readonly parameter?: string
  /** Whether the tracer comes before the worker starts for the first time, or after. */
  readonly tracer?: 'first' | 'later'
}

/** A site for each test, whose worker is a script of test/fixtures. */
export interface SiteOfTest {
  /** Opens the panel on the site, and registers its worker. */
  open(script?: string, options?: Opening): Promise<Tab>
}

export function useSite(bench: Bench): SiteOfTest {
  let site: Site | undefined
  beforeEach(async () => {
    site = await startSite()
  })
  afterEach(() => site?.close())
  return {
    async open(script = 'plain', { parameter = '', tracer = 'first' } = {}) {
      if (!site) throw new Error('Use the site in a test only.')
      const tab = await bench.openTab(site.url)
      const { page, panel } = tab
      await setTrace(panel, tracer === 'first')
      await registerWorker(page, { script: `/${script}.js`, handler: encodeURIComponent(parameter) })
      await setTrace(panel, true)
      // Either is an answer: what a script has replaced can make it impossible.
      await waitForRow(panel, { name: /^worker (running|started|not traced)$/ })
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

/** Starts such a fetch, aborts it in the panel, and waits for its final verdict. */
export async function abortEndless({ page, panel }: Tab, id: string): Promise<void> {
  await startEndless(page, id)
  await waitForLive(panel, id)
  await pressAbort(panel, id)
  await waitForRow(panel, { fetch: id, name: /^verdict: (?!.*so far)/ })
}

/** The log as text, for the message of a test that fails. */
export const logText = async ({ panel }: Tab): Promise<string> => printedLog(await logRows(panel))
