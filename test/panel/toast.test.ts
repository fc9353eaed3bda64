import type { Frame } from 'puppeteer-core'
import { describe, test } from 'vitest'
import { useBench } from '../support/harness'
import { type HeldTimers, holdTimers } from '../support/held-timers'
import { openFetch } from '../support/open-fetch'
import { eventually, waitForRow } from '../support/panel'
import { button, pressAbort } from '../support/press'

const bench = useBench()

/** How long an outcome is shown, in milliseconds. */
const SHOWN = 8000

/** Where the pointer or the focus is when it is not on the notice. */
const elsewhere = (panel: Frame) => button(panel, 'Clear log')

const DETAILS = 'section:has([data-notice]) button'

/** Opens a page whose fetch was aborted; the time that the last notice is shown for stands still. */
async function openNoticed() {
  const { panel } = await openFetch(bench, 'noticed')
  await (await elsewhere(panel)).hover()
  const timers = await holdTimers(panel, SHOWN)
  await pressAbort(panel, 'noticed')
  await waitForRow(panel, { fetch: 'noticed', name: /^verdict: (?!.* so far)/ })
  await panel.waitForSelector('[data-notice]')
  await waitForTimers(timers, 1)
  const isShown = () => eventually(async () => (await panel.$('[data-notice]')) !== null)
  return { panel, timers, isShown }
}

const waitForTimers = (timers: HeldTimers, count: number) => eventually(timers.count).toBe(count)

describe('the notice of an outcome', () => {
  test('stays while the pointer is on it or it has the focus, and goes by itself when its time is over', async () => {
    const { panel, timers, isShown } = await openNoticed()
    await isShown().toBe(true)
    await (await panel.waitForSelector('[data-notice]'))?.hover()
    await waitForTimers(timers, 0)
    await (await elsewhere(panel)).hover()
    await waitForTimers(timers, 1)
    await panel.focus(DETAILS)
    await waitForTimers(timers, 0)
    await (await elsewhere(panel)).focus()
    await waitForTimers(timers, 1)
    await isShown().toBe(true)
    await timers.elapse()
    await isShown().toBe(false)
  })
})
