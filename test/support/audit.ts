import type { Frame, Page } from 'puppeteer-core'
import { expect, vi } from 'vitest'
import { waitForRecorded } from './events'
import type { Bench, Tab } from './harness'
import { media, registerWorker } from './page'
import { waitForLive, waitForRow } from './panel'
import { pressAbort } from './press'
import type { LogRow } from './rows'

const PATIENCE = { timeout: 15_000, interval: 50 }

/**
 * A page whose storage the panel has looked at, so that what is new in a fetch can be reported.
 *
 * @param elsewhere another page of the origin, for what happens without the panel or before it
 */
export async function openAudited(
  bench: Bench,
  handler: string,
  elsewhere?: (page: Page) => Promise<unknown>,
) {
  const before = await bench.openPage('/blank.html')
  await createPlaces(before)
  await elsewhere?.(before)
  const tab = await bench.openTab('/blank.html')
  await registerWorker(tab.page, { handler })
  await waitForBaseline(tab.panel)
  return tab
}

/** Registers a classic script of the site as its worker, and waits until the storage was read for the first time. */
export async function startScript({ page, panel }: Tab, script: string): Promise<void> {
  await page.evaluate(async (url) => {
    await navigator.serviceWorker.register(url)
    const registration = await navigator.serviceWorker.ready
    if (registration.active?.state !== 'activated') {
      await new Promise((resolve) => registration.active?.addEventListener('statechange', resolve))
    }
  }, script)
  await waitForRecorded(panel, 'storage-baseline')
}

/** Creates what the demo stores things in, as its own page does when it is opened. */
const createPlaces = (page: Page): Promise<unknown> =>
  page.evaluate(`import('/shared/places.js').then(({ createPlaces }) => createPlaces())`)

/** Waits until the baseline of the storage for the next fetch to be compared with it. */
const waitForBaseline = (panel: Frame): Promise<LogRow> =>
  waitForRow(panel, { source: 'storage', name: 'Storage baseline taken' })

/** Writes the demo's notes (a row and a part file), then starts the fetch, as the demo's own pages do. */
export async function startNoted(
  page: Page,
  id: string,
  urls: readonly string[] = [media('sound')],
): Promise<void> {
  const requests = urls.map((url) => ({ url: new URL(url, page.url()).href, bytes: 0 }))
  const plan = { id, title: `Title of ${id}`, icon: '/icon.svg', requests, downloadTotal: 0, episodes: [] }
  await page.evaluate(`(async () => {
    const { startFetch } = await import('/shared/start-fetch.js')
    await startFetch(await navigator.serviceWorker.ready, ${JSON.stringify(plan)})
  })()`)
}

/** Starts a noted fetch, and aborts it in the panel once more than `arrived` bytes have come. */
export async function startAndAbort(
  { page, panel }: { readonly page: Page; readonly panel: Frame },
  id: string,
  urls?: readonly string[],
  {
    arrived = 0,
    prepare = async () => {},
  }: { arrived?: number; prepare?: (() => Promise<unknown>) | undefined } = {},
): Promise<void> {
  await startNoted(page, id, urls)
  await waitForLive(panel, id, ({ now, progress }) => (now ?? bytesIn(progress)) > arrived)
  await prepare()
  await pressAbort(panel, id)
}

const UNITS: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6 }

/** Bytes that the table says have arrived, where no total is known. */
function bytesIn(progress: string): number {
  const [, number, unit] = /([\d.,]+)\s*(B|kB|MB)\b/.exec(progress) ?? []
  return Number((number ?? '0').replaceAll(',', '')) * (UNITS[unit ?? 'B'] ?? 1)
}

/** The name of the row of a verdict that is final. */
const FINAL = /^verdict: (?!.* so far$)/

/** Waits for the final verdict on a fetch. */
export const waitForVerdict = (panel: Frame, fetch: string, name = FINAL): Promise<LogRow> =>
  waitForRow(panel, { fetch, name })

/** Selects a fetch in the log. */
export async function select(panel: Frame, fetch: string): Promise<void> {
  await vi.waitFor(async () => {
    // A row that is just being drawn anew may not hear the click.
    await panel.$$eval(
      '[aria-label="Event log"] [data-row] button',
      (buttons, fetch) => buttons.find((one) => one.textContent === fetch)?.click(),
      fetch,
    )
    await panel.waitForSelector('section[aria-label="Clean-up"]', { timeout: 1000 })
  }, PATIENCE)
}

export interface Shown {
  readonly verdict: string
  readonly findings: readonly string[]
  /** Each request, with what became of it. */
  readonly requests: readonly string[]
  /** What was not compared. */
  readonly gaps: readonly string[]
  /** All of it. */
  readonly text: string
}

/** What the details pane says of the clean-up of the selected fetch. */
export const cleanUp = (panel: Frame): Promise<Shown> =>
  panel.$eval('section[aria-label="Clean-up"]', (section) => {
    const line = (element: Element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim()
    // A text that is truncated in the middle is drawn in two parts.
    const cells = (row: Element) => [...row.children].map((cell) => cell.textContent).join(' ')
    const texts = (selector: string) => [...section.querySelectorAll(selector)].map(line)
    return {
      verdict: line(section.querySelector('[data-verdict]') ?? section),
      findings: texts('[aria-label="Findings"] > li'),
      requests: [...document.querySelectorAll('section[aria-label="Requests"] tbody tr')].map(cells),
      gaps: texts('[aria-label="Not compared"] > li'),
      text: line(section),
    }
  })

/** Waits for the verdict, and gives what the details pane says of it. */
export async function verdictOf(panel: Frame, fetch: string, name = FINAL): Promise<Shown> {
  await waitForVerdict(panel, fetch, name)
  await select(panel, fetch)
  return cleanUp(panel)
}

/** Waits until the selected fetch's verdict reads so. */
export const waitForShown = (panel: Frame, verdict: RegExp): Promise<void> =>
  expect.poll(async () => (await cleanUp(panel)).verdict, PATIENCE).toMatch(verdict)

/** Presses a button of the selected fetch's clean-up. */
export async function pressInCleanUp(panel: Frame, name: string, finding = ''): Promise<void> {
  await vi.waitFor(async () => {
    const found = await panel.$$eval(
      'section[aria-label="Clean-up"] li',
      (items, name, finding) => {
        const item = items.find((one) => one.textContent?.includes(finding) && one.textContent.includes(name))
        const button = [...(item?.querySelectorAll('button') ?? [])].find((one) => one.textContent === name)
        button?.click()
        return button !== undefined
      },
      name,
      finding,
    )
    if (!found) throw new Error(`No button ${name}.`)
  }, PATIENCE)
}
