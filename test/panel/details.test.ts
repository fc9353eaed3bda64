import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { openFetch } from '../support/open-fetch'
import { media, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { pressAbort } from '../support/press'
import { reloadPanel } from '../support/tab'

const bench = useBench()

/** Selects a fetch, and waits until its details are shown. */
async function select(panel: Frame, id: string): Promise<void> {
  await panel.waitForSelector(`tr[data-id="${id}"]`)
  await panel.$eval(`tr[data-id="${id}"]`, (row) => (row as HTMLElement).click())
  await eventually(() =>
    panel.$eval('[aria-label="Details of the selected fetch"] h2', (head) => head.textContent),
  ).toBe(id)
}

/** The sections of the details that are shown, and whether each is open. */
const sections = (panel: Frame) =>
  eventually(() =>
    panel.$$eval('[aria-label="Details of the selected fetch"] section > details', (all) =>
      all.map((it) => `${it.parentElement?.getAttribute('aria-label')} ${it.open ? 'open' : 'folded'}`),
    ),
  )

test('a section of the details that is folded stays so for another fetch and in a panel that is loaded anew', async () => {
  const { page, panel } = await openFetch(bench, 'first')
  await startFetch(page, 'second')
  await waitForLive(panel, 'second')
  await select(panel, 'first')
  await sections(panel).toEqual(['Requests open', 'Attributes open'])
  await panel.click('section[aria-label="Requests"] summary h3')
  await sections(panel).toEqual(['Requests folded', 'Attributes open'])
  await select(panel, 'second')
  await sections(panel).toEqual(['Requests folded', 'Attributes open'])
  await reloadPanel(panel)
  await select(panel, 'first')
  await sections(panel).toEqual(['Requests folded', 'Attributes open'])
  await panel.click('section[aria-label="Requests"] summary h3')
  await select(panel, 'second')
  await sections(panel).toEqual(['Requests open', 'Attributes open'])
})

test('a request is named by the last part of its path, and its tooltip by its method and whole URL', async () => {
  const { panel } = await openFetch(bench, 'named', { urls: [media('tune')] })
  await select(panel, 'named')
  const cell = 'table[aria-label="Requests"] tbody td[title^="GET"]'
  await panel.waitForSelector(cell)
  const { text, title } = await panel.$eval(cell, (it) => ({ text: it.textContent, title: it.title }))
  expect(text).toMatch(/^tune\.wav\?size=/)
  expect(title).toBe(`GET ${new URL(media('tune'), bench.demo.url).href}`)
})

test('the summary says of a verdict that may change that it is so far, and then says it without that', async () => {
  const { panel } = await openFetch(bench, 'judged')
  await select(panel, 'judged')
  await panel.evaluate(() => {
    const said: string[] = []
    new MutationObserver(() => {
      const text = document.querySelector('[data-summary] b')?.textContent
      if (text && said.at(-1) !== text) said.push(text)
    }).observe(document.body, { childList: true, characterData: true, subtree: true })
    Object.assign(globalThis, { said })
  })
  await pressAbort(panel, 'judged')
  await waitForRow(panel, { fetch: 'judged', name: /^verdict: (?!.* so far$)/ })
  const said = async () => (await panel.evaluate('said')) as string[]
  await eventually(async () => (await said()).at(-1)).toMatch(/^(?!.* so far$)./)
  expect((await said())[0]).toMatch(/ so far$/)
})
