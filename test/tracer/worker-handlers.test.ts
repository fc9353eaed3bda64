import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { registerWorker } from '../support/page'
import { eventually } from '../support/panel'
import { press } from '../support/press'
import { startSite } from '../support/site'
import { pressStop, setTrace, stopElsewhere, waitForWorker } from '../support/trace'

const bench = useBench()

/** Registers a worker of test/fixtures, and waits until it is active. */
const register = (page: Page, script: string) =>
  page.evaluate(async (script) => {
    await navigator.serviceWorker.register(script)
    await navigator.serviceWorker.ready
  }, script)

const handlers = (panel: Frame) =>
  eventually(() =>
    panel.$$eval('[aria-label="Service workers"] [data-listens]', (ticks) =>
      ticks.map((tick) => tick.textContent),
    ),
  )

const titles = (panel: Frame) =>
  panel.$$eval('[aria-label="Service workers"] [data-listens]', (ticks) =>
    ticks.map((tick) => (tick.querySelector('[title]') ?? tick).getAttribute('title')),
  )

test('a worker that starts under the tracer shows its handlers before the first event', async () => {
  const { panel } = await openTraced(bench, 'none')
  await handlers(panel).toEqual(['abort –', 'success ✓', 'fail ✓'])
  expect((await titles(panel))[0]).toBe(
    'Its script added no listener for backgroundfetchabort when it started',
  )
})

/** Opens a page whose worker was started before the tracer, which knows what its script mentions. */
async function openStartedBefore() {
  const tab = await bench.openTab('/blank.html')
  const { page, panel } = tab
  await setTrace(panel, false)
  await registerWorker(page, { handler: 'none' })
  await setTrace(panel, true)
  await waitForWorker(panel)
  // The demo's modules have handlers that this worker does not install.
  await handlers(panel).toEqual(['abort (in script)', 'success (in script)', 'fail (in script)'])
  return tab
}

inFullRun('a worker that ran before shows what its script mentions, and claims no more', async () => {
  const { page, panel } = await openStartedBefore()
  expect((await titles(panel))[1]).toMatch(
    /^Its script mentions a listener for backgroundfetchsuccess \(start\.js:\d+\)/,
  )
  await pressStop(panel)
  await stopElsewhere(page)
})

test('a script that does not mention an event is said not to', async () => {
  const site = await startSite()
  try {
    const { page, panel } = await bench.openTab(site.url)
    await setTrace(panel, false)
    await register(page, 'plain.js')
    await setTrace(panel, true)
    await waitForWorker(panel)
    await handlers(panel).toEqual(['abort (in script)', 'success (not in script)', 'fail (not in script)'])
    expect((await titles(panel))[1]).toMatch(/^Its script does not mention backgroundfetchsuccess/)
  } finally {
    await site.close()
  }
})

/** Chooses a line of the worker's menu, wherever it is: what stands above it comes and goes. */
async function choose(panel: Frame, line: string): Promise<void> {
  const click = async (selector: string) =>
    (await panel.waitForSelector(selector))?.evaluate((it) => (it as HTMLElement).click())
  await click('[aria-label="Service workers"] [aria-haspopup="menu"]')
  await click(`:popover-open [aria-label="${line}"]`)
}

const said = (panel: Frame) =>
  eventually(() =>
    panel.$eval(
      '[aria-label="Service workers"]',
      (list) => list.querySelector('[role="status"]')?.textContent,
    ),
  )

describe('the menu of a worker', () => {
  test('starts it anew under the tracer: what its script mentions gives way to what it does', async () => {
    const { panel } = await openStartedBefore()
    await choose(panel, 'Restart and trace')
    await handlers(panel).toEqual(['abort –', 'success ✓', 'fail ✓'])
  })

  inFullRun('updates it, and says whether there is a new script', async () => {
    const { panel } = await openTraced(bench, 'discard')
    await choose(panel, 'Update')
    await said(panel).toBe('The script has not changed')
  })

  test('unregisters it, once it was confirmed', async () => {
    const { page, devtools, panel } = await bench.openTab('/blank.html')
    await setTrace(panel, true)
    await registerWorker(page)
    await waitForWorker(panel)
    const registered = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
    await choose(panel, 'Unregister…')
    await eventually(() => panel.evaluate(() => document.activeElement?.textContent)).toBe('Cancel')
    await devtools.keyboard.press('Enter')
    await eventually(() => panel.$('[role="alertdialog"]')).toBe(null)
    await choose(panel, 'Unregister…')
    await eventually(() => panel.evaluate(() => document.activeElement?.textContent)).toBe('Cancel')
    await devtools.keyboard.press('Escape')
    await eventually(() => panel.$('[role="alertdialog"]')).toBe(null)
    expect(await registered()).toBe(1)
    await choose(panel, 'Unregister…')
    await press(panel, 'Unregister')
    await eventually(registered).toBe(0)
  })
})
