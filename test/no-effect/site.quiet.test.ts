import { readFile } from 'node:fs/promises'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Launched, launch } from '../../scripts/browser/launch'
import { inEveryRunIf } from '../support/full'
import { SWITCHES, useBench } from '../support/harness'
import { waitForLive, waitForRow } from '../support/panel'
import { type Site, startSite } from '../support/site'
import { setTrace, waitForWorker } from '../support/trace'
import { begin, end, type Seen, seenBy } from './page'

const bench = useBench()
let plain: Launched
beforeAll(async () => {
  plain = await launch({ plain: true, args: SWITCHES })
})
afterAll(() => plain.close())

const policy = "default-src 'self'; img-src data:"
const kinds = {
  'a classic worker': { type: 'classic', load: "importScripts('/walk.js')\n", headers: {} },
  'a module worker, under a strict policy': {
    type: 'module',
    load: "import '/walk.js'\n",
    headers: { 'Content-Security-Policy': policy },
  },
} as const

const HTML =
  '<!doctype html><title>Site</title><link rel="icon" href="data:,"><script src="/walk.js"></script><p tabindex="0">Site</p>'

/** A site whose worker writes down what it observes. */
async function observed(kind: keyof typeof kinds): Promise<Site> {
  const { load, headers } = kinds[kind]
  const script = load + (await readFile(new URL('../fixtures/no-effect.js', import.meta.url), 'utf8'))
  return startSite(0, ({ pathname }, _, response) => {
    const isPage = pathname === '/'
    if (!isPage && pathname !== '/worker.js') return false
    response
      .writeHead(200, { ...headers, 'Content-Type': isPage ? 'text/html' : 'text/javascript' })
      .end(isPage ? HTML : script)
    return true
  })
}

/** Runs the site from its first load to the end of its fetch's event. */
async function run(
  kind: keyof typeof kinds,
  open: (url: string) => Promise<Page>,
  between: () => Promise<unknown> = async () => {},
  after: () => Promise<unknown> = async () => {},
): Promise<Seen> {
  const site = await observed(kind)
  try {
    const page = await open(site.url)
    await begin(page, '/worker.js', kinds[kind].type)
    await between()
    await end(page)
    await after()
    const seen = await seenBy(page)
    const clean = (line: string) =>
      line.replaceAll(site.url, 'site/').replaceAll(new URL(site.url).host, 'host')
    return { page: seen.page.map(clean), worker: seen.worker.map(clean) }
  } finally {
    await site.close()
  }
}

/** The first lines that differ, as `place: seen instead of expected`. */
function differences(seen: Seen, expected: Seen): string[] {
  const found: string[] = []
  for (const where of ['page', 'worker'] as const) {
    for (let i = 0; i < Math.max(seen[where].length, expected[where].length); i++) {
      const [is = '', was = ''] = [seen[where][i], expected[where][i]]
      if (is === was) continue
      // It lacks the frame of the built-in itself, which is the only one that has a frame: a limit that is known.
      const known = where === 'worker' && / toString prepared /.test(was) && !is.includes('<anonymous>')
      if (!known) found.push(`${where} ${i}: ${is} instead of ${was}`)
    }
  }
  return found.slice(0, 20)
}

const goTo = async (page: Page, url: string): Promise<Page> => {
  await page.goto(url)
  return page
}

for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
  inEveryRunIf(kind !== 'a classic worker')(
    `${kind} and its page see the same without the extension, with it, with the panel and with tracing`,
    async () => {
      const without = await run(kind, async (url) => goTo(await plain.browser.newPage(), url))
      expect(without.worker.length).toBeGreaterThan(1000)
      const closed = await run(kind, async (url) => goTo(await bench.browser.newPage(), url))
      expect(differences(closed, without)).toEqual([])

      const { page, panel } = await bench.openTab('/blank.html')
      const listed = () => waitForLive(panel, 'own')
      await setTrace(panel, false)
      const opened = await run(kind, (url) => goTo(page, url), listed)
      expect(differences(opened, without)).toEqual([])

      await setTrace(panel, true)
      const traced = await run(
        kind,
        (url) => goTo(page, url),
        async () => {
          await listed()
          await waitForWorker(panel)
        },
        // What is left when tracing has ended.
        async () => {
          await waitForRow(panel, { name: 'backgroundfetchabort done' })
          await setTrace(panel, false)
        },
      )
      expect(differences(traced, without)).toEqual([])
    },
  )
}
