import { expect, test } from 'vitest'
import { atScale, inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { checkNext } from '../support/outcome'
import { eventually, waitForRow } from '../support/panel'
import { startEndless, useSite } from './site-of-test'

const bench = useBench()
const site = useSite(bench)

/** Markup, replacements, terminal codes, and characters that turn the direction of text or end its line. */
const MARKUP =
  '<img src=x onerror="globalThis.hacked = true"><b>bold</b></script><!--' +
  '$1 $& %s %c {{x}} \u202egnp.exe\u2066\u200f\u0000\u0007\u001b[31m\u0085\u2028\ufeff'

/** Characters that are not to be drawn as they are: controls, and those that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNDRAWN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Presses Abort of the only fetch, whatever its id is. */
const abortOnly = async ({ panel }: Tab): Promise<void> => {
  const selector = '[data-abort]'
  await panel.waitForSelector(selector)
  await panel.$eval(selector, (button) => (button as HTMLElement).click())
}

/** Opens what the panel shows of the first fetch in the log. */
const openDetails = ({ panel }: Tab): Promise<void> =>
  panel.$$eval('[aria-label="Event log"] [data-row] button', (buttons) => (buttons[0] as HTMLElement).click())

const startNamed = ({ page }: Tab, name: string): Promise<void> =>
  page.evaluate(async (name) => {
    const registration = await navigator.serviceWorker.getRegistration()
    const icons = [{ src: `/icon?${name}`, label: name }]
    await registration?.backgroundFetch.fetch(name, [`/endless?${encodeURIComponent(name)}`], {
      title: name,
      icons,
    })
  }, name)

const LONG = atScale(1_000_000, 10_000_000)

test('markup and control characters in every name are drawn as text, and never as they are', async () => {
  const tab = await site.open('names', { parameter: MARKUP })
  const { panel } = tab
  await waitForRow(panel, { source: 'storage', name: 'Storage baseline taken' })
  await startNamed(tab, MARKUP)
  await abortOnly(tab)
  await waitForRow(panel, { name: /^verdict: (?!.*so far)/ })
  await waitForRow(panel, { name: 'console.log' })
  await openDetails(tab)
  await panel.waitForSelector('[aria-label="Details of the selected fetch"]')
  expect(await panel.evaluate(() => document.querySelector('img, script:not([src]), b b'))).toBeNull()
  expect(await panel.evaluate(() => 'hacked' in globalThis)).toBe(false)
  const drawn = await panel.$eval('body', (body) => body.innerText)
  const lines = drawn.split('\n').filter((line) => UNDRAWN.test(line))
  expect(lines.map((line) => JSON.stringify(line))).toEqual([])
  await checkNext(panel, (id) => startEndless(tab.page, id))
})

inFullRun('ids, titles and URLs of megabytes are cut, and the fetch can be aborted', async () => {
  const tab = await site.open()
  const { page, panel } = tab
  // As long as the browser takes them; more than this holds up the browser itself for minutes.
  const length = await page.evaluate(async (longest) => {
    const registration = await navigator.serviceWorker.getRegistration()
    for (let length = longest; length > 1000; length = Math.floor(length / 2)) {
      const text = 'long '.repeat(length / 5)
      const taken = await registration?.backgroundFetch
        .fetch(text, [`/endless?${text.slice(0, 1_000_000)}`], { title: text })
        .then(
          () => true,
          () => false,
        )
      if (taken) return length
    }
    return 0
  }, 1_000_000)
  expect(length).toBeGreaterThan(100_000)
  await abortOnly(tab)
  const { text } = await waitForRow(panel, { name: 'records released' })
  expect(text.length).toBeLessThan(1000)
  expect(await panel.$eval('body', (body) => body.innerText.length)).toBeLessThan(200_000)
  await checkNext(panel, (id) => startEndless(page, id))
})

inFullRun('storage, console and errors of megabytes are cut', async () => {
  const tab = await site.open('long', { parameter: String(LONG) })
  const { page, panel } = tab
  await startEndless(page, 'long')
  await abortOnly(tab)
  await waitForRow(panel, { fetch: 'long', name: /^verdict: (?!.*so far)/ })
  await waitForRow(panel, { name: 'console.log' })
  await eventually(() => panel.$eval('body', (body) => body.innerText.length)).toBeLessThan(200_000)
  await checkNext(panel, (id) => startEndless(page, id))
})
