import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { clickIcon, isHelp, waitForHelp } from '../support/icon'
import { eventually, waitForRow } from '../support/panel'
import { inExtension, tabIdOf } from '../support/trace'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const bench = useBench({ own: true })

const badgeOf = async (browser: Browser, page: Page): Promise<string> =>
  inExtension(browser, `chrome.action.getBadgeText({ tabId: ${await tabIdOf(browser, page)} })`)

/** How many tabs the explanation is open in, which is none as long as it is a popup. */
const helpTabs = (browser: Browser): Promise<number> =>
  inExtension(
    browser,
    `chrome.tabs.query({}).then((tabs) => tabs.filter(({ url }) => url?.endsWith('popup/index.html')).length)`,
  )

/** Records the tab also without DevTools. */
async function record(panel: Frame): Promise<void> {
  await panel.evaluate(() => {
    const labels = [...document.querySelectorAll('label')]
    labels.find(({ textContent }) => textContent === 'Keep recording this tab')?.click()
  })
  await waitForRow(panel, { source: 'panel', name: 'keep recording' })
}

test('a click on the icon explains how to open the tab', async () => {
  const page = await bench.openPage('/blank.html')
  await clickIcon(bench.browser, page)
  const help = await waitForHelp(bench.browser)
  const text = await help.evaluate(() => document.body.innerText)
  expect(text).toMatch(/open DevTools:\s+F12 or Ctrl\+Shift\+I/)
  expect(text).toMatch(/Select Background Fetch in the tab bar.*» menu/)
  expect(text).toMatch(/“Keep recording this tab”/)
  expect(await help.evaluate(() => [document.title, document.documentElement.lang])).toEqual([
    'Background Fetch DevTools',
    'en',
  ])
})

inFullRun('the whole text is in the popup, without scrolling', async () => {
  const page = await bench.openPage('/blank.html')
  await clickIcon(bench.browser, page)
  const help = await waitForHelp(bench.browser)
  await eventually(() =>
    help.evaluate(() => {
      const { width, bottom } = document.querySelector('main')?.getBoundingClientRect() ?? new DOMRect()
      return innerWidth === width && innerHeight >= bottom && document.body.scrollHeight <= innerHeight
    }),
  ).toBe(true)
})

test('while the tab is recorded a click ends that instead, also in a document that came later', async () => {
  const { browser } = bench
  const { page, devtools, panel } = await bench.openNewTab('/blank.html')
  await record(panel)
  await devtools.close()
  await page.reload()
  await eventually(() => badgeOf(browser, page)).toBe('REC')
  await clickIcon(browser, page)
  await eventually(() => badgeOf(browser, page)).toBe('')
  expect(browser.targets().some(isHelp)).toBe(false)
  await clickIcon(browser, page)
  await waitForHelp(browser)
  expect(await helpTabs(browser)).toBe(0)
})

inFullRun('a recorded tab takes the explanation from no other tab', async () => {
  const { panel } = await bench.openNewTab('/blank.html')
  await record(panel)
  const other = await bench.openPage('/bare.html')
  await clickIcon(bench.browser, other)
  await waitForHelp(bench.browser)
})

inFullRun('a click that comes when the recording has just ended opens the explanation as a tab', async () => {
  const page = await bench.openPage('/blank.html')
  const tabId = await tabIdOf(bench.browser, page)
  await inExtension(bench.browser, `chrome.action.onClicked.dispatch({ id: ${tabId} })`)
  await waitForHelp(bench.browser)
  expect(await helpTabs(bench.browser)).toBe(1)
})

test('the explanation is accessible in a light and in a dark browser', async () => {
  const worker = await bench.browser.waitForTarget((target) => target.type() === 'service_worker')
  const page = await bench.openPage(new URL('/extension/popup/index.html', worker.url()).href)
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
    await page.evaluate(axe)
    const found = await page.evaluate(`axe.run().then(({ passes, violations }) => ({
      contrast: passes.some(({ id }) => id === 'color-contrast'),
      background: getComputedStyle(document.body).backgroundColor,
      violations: violations.map(({ id, nodes }) => id + ': ' + nodes[0].html),
    }))`)
    const background = value === 'light' ? 'rgb(255, 255, 255)' : 'rgb(40, 40, 40)'
    expect(found).toEqual({ contrast: true, background, violations: [] })
  }
})
