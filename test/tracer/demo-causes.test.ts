import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { atScale, FULL, inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { eventually, waitForEnded, waitForLive, waitForRow } from '../support/panel'
import { setTrace, waitForWorker } from '../support/trace'

const bench = useBench()

async function openDemo(): Promise<Tab> {
  const tab = await bench.openTab('/')
  await setTrace(tab.panel, true)
  await waitForWorker(tab.panel)
  await tab.page.waitForSelector('#bench-tests button')
  return tab
}

/** Presses a button of the demo's test bench, which is folded. */
const pressInDemo = (page: Page, name: string): Promise<void> =>
  page.$$eval(
    '#bench-tests button',
    (all, name) => {
      const button = all.find(({ textContent }) => textContent === name)
      if (!button) throw new Error(`The demo has no button ${name}.`)
      button.click()
    },
    name,
  )

/** Selects an ended fetch, and reads its details. */
async function detailsOf(panel: Frame, id: string): Promise<string> {
  await waitForEnded(panel, id)
  await panel.$eval(`tr[data-id="${id}"] [data-select]`, (button) => (button as HTMLElement).click())
  const details = await panel.waitForSelector(`[aria-label="Details of the selected fetch"]`)
  return (await details?.evaluate((it) => (it as HTMLElement).innerText)) ?? ''
}

/** What the links in the log's rows of a name lead to. */
const linksOf = (panel: Frame, name: string): Promise<string[]> =>
  panel.$$eval(
    '[data-row]',
    (rows, name) =>
      rows
        .filter((row) => row.querySelector('b')?.textContent === name)
        .flatMap((row) =>
          [...row.querySelectorAll('button[title*=".js"]')].map(({ textContent }) => textContent ?? ''),
        ),
    name,
  )

const REFUSED: readonly (readonly [button: string, row: string, text: RegExp, link: RegExp])[] = [
  ['Same ID twice', 'fetch() rejected', /already is a registration for the given id/, /^refusals\.js:\d+$/],
  ['Mode no-cors', 'no fetch seen', /fetch\(“bench-opaque”\)/, /^start-fetch\.js:19$/],
  ['Bad URL', 'fetch() rejected', /Failed to parse URL/, /^refusals\.js:\d+$/],
  ['Fetch from the worker', 'fetch() called', /by the service worker/, /^start-fetch\.js:19$/],
]

test.each(FULL ? REFUSED : REFUSED.slice(0, 1))(
  'a start of the demo that is refused has its cause and its place: %s',
  async (button, row, text, link) => {
    const { page, panel } = await openDemo()
    await pressInDemo(page, button)
    await waitForRow(panel, { name: row, text })
    await eventually(() => linksOf(panel, row)).toEqual([expect.stringMatching(link)])
  },
)

inFullRun(
  'a start that the Content Security Policy of the demo forbids has its cause and its place',
  async () => {
    const { page, panel } = await openDemo()
    await page.goto(new URL('/csp.html', page.url()).href)
    // Calls in the first moments of a document may be missed.
    await waitForRow(panel, { name: 'watching', text: /csp\.html:/ })
    await (await page.waitForSelector('#start button'))?.click()
    await waitForRow(panel, { name: 'fetch() rejected', text: /violates the Content Security Policy/ })
    await eventually(() => linksOf(panel, 'fetch() rejected')).toEqual([
      expect.stringMatching(/^csp\.js:\d+$/),
    ])
  },
)

const FAILED: readonly (readonly [button: string, id: string, cause: RegExp, place: RegExp])[] = [
  ['Preflight', 'bench-preflight', /needs a CORS preflight/, /refusals\.js:\d+/],
  ['404 episode', 'bench-404', /missing\.wav\S*: status 404/, /start-fetch\.js:19/],
  ['No CORS', 'bench-no-cors', /no response that the page can read/, /start-fetch\.js:19/],
  ['Too small downloadTotal', 'bench-total', /download-total-exceeded/, /start-fetch\.js:19/],
]

test('each fetch of the demo that fails has its cause, and the place that started it', async () => {
  const { page, panel } = await openDemo()
  for (const [button, id, cause, place] of FAILED.slice(0, atScale(2, FAILED.length))) {
    await pressInDemo(page, button)
    const details = await detailsOf(panel, id)
    expect.soft(details, button).toMatch(cause)
    expect.soft(details, button).toMatch(place)
  }
})

test('a fetch of the demo that is aborted, by its page or its worker, says by which line', async () => {
  const { page, panel } = await openDemo()
  await pressInDemo(page, 'Server without an answer')
  await waitForLive(panel, 'bench-silent')
  await pressInDemo(page, 'Abort from the worker')
  expect(await detailsOf(panel, 'bench-silent')).toMatch(/Aborted by the service worker at start\.js:\d+/)
  await page.click('[aria-label="Download The Night Ferry"]')
  await waitForLive(panel, 'night-ferry')
  await page.click('[aria-label^="Cancel"]')
  expect(await detailsOf(panel, 'night-ferry')).toMatch(/Aborted by the page at fetches\.js:\d+/)
})
