import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openTraced } from '../support/open-fetch'
import { eventually } from '../support/panel'
import { startSite } from '../support/site'
import { pressStop, setTrace, stopElsewhere, waitForWorker } from '../support/trace'
import { handlers, openStartedBefore, register } from '../support/workers'

const bench = useBench()

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

inFullRun('a worker that ran before shows what its script mentions, and claims no more', async () => {
  const { page, panel } = await openStartedBefore(bench)
  expect((await titles(panel))[1]).toMatch(
    /^Its script mentions a listener for backgroundfetchsuccess \(start\.js:\d+\)/,
  )
  await pressStop(panel)
  await stopElsewhere(page)
})

test('a script that does not mention an event is said not to, also with the keyboard', async () => {
  const site = await startSite()
  try {
    const { page, devtools, panel } = await bench.openTab(site.url)
    await setTrace(panel, false)
    await register(page, 'plain.js')
    await setTrace(panel, true)
    await waitForWorker(panel)
    await handlers(panel).toEqual(['abort (in script)', 'success (not in script)', 'fail (not in script)'])
    expect((await titles(panel))[1]).toMatch(/^Its script does not mention backgroundfetchsuccess/)
    await panel.focus('[aria-label="Service workers"] [data-listens] button')
    await devtools.keyboard.press('Tab')
    expect(await panel.evaluate(() => document.activeElement?.textContent)).toBe('success (not in script)')
    const shown = () =>
      eventually(() => panel.$eval('[aria-label="Service workers"]', (it) => (it as HTMLElement).innerText))
    await devtools.keyboard.press('Enter')
    await shown().toMatch(/does not mention backgroundfetchsuccess/)
    await devtools.keyboard.press('Enter')
    await shown().not.toMatch(/does not mention/)
  } finally {
    await site.close()
  }
})
