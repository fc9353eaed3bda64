import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'puppeteer-core'
import { afterAll, expect, test } from 'vitest'
import { hasVirtualDisplay, startDisplay, whyNoWindow } from '../support/display'
import { useBench } from '../support/harness'
import { abortInPage, media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { endedRows, rowsLike } from '../support/rows'
import { setTrace, waitForWorker } from '../support/trace'

// The browser's Pause and Cancel are in its toolbar only: a browser without a window does not have them.
const display = hasVirtualDisplay ? await startDisplay() : undefined
afterAll(() => display?.close())
const bench = useBench({
  own: true,
  headless: false,
  dock: 'right',
  ...(display ? { display: display.name } : {}),
})
const inWindow = test.runIf(hasVirtualDisplay)

/** Keys that open the list of downloads: to the toolbar, to its end (the menu), past the profile. */
const OPEN_LIST = ['alt+shift+t', 'End', 'Left', 'Left', 'Return']
/** Keys from the list's button Close, which has the focus first, past the download itself. */
const BUTTONS = { pause: ['Tab', 'Tab', 'Return'], cancel: ['Tab', 'Tab', 'Tab', 'Return'] }

/**
 * Presses a button of the only download in the browser's list, until it has worked.
 * When the list is there, nothing tells: each try gives it more time.
 */
async function pressInList(button: keyof typeof BUTTONS, hasWorked: () => Promise<boolean>): Promise<void> {
  for (let pause = 800; pause < 8000; pause *= 2) {
    await display?.press('Escape')
    await display?.press(...OPEN_LIST)
    await sleep(pause)
    await display?.press(...BUTTONS[button])
    for (const until = Date.now() + 3000; Date.now() < until; await sleep(50)) if (await hasWorked()) return
  }
  throw new Error(`The button to ${button} was not found in the list of downloads.`)
}

const downloaded = (page: Page, id: string): Promise<number | undefined> =>
  page.evaluate(
    async (id) => (await (await navigator.serviceWorker.ready).backgroundFetch.get(id))?.downloaded,
    id,
  )
const idsOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).backgroundFetch.getIds())

inWindow(
  `of a pause and a cancel in the list of downloads nothing is claimed that was not seen${whyNoWindow}`,
  async () => {
    const { page, panel } = await bench.openTab('/blank.html')
    await setTrace(panel, true)
    await registerWorker(page, { handler: 'discard' })
    await waitForWorker(panel)
    await page.bringToFront()
    await startFetch(page, 'first', [media('endless')])
    await waitForLive(panel, 'first')
    await abortInPage(page, 'first')
    const abortedAt = Date.now()
    await waitForRow(panel, { fetch: 'first', name: /^verdict/, text: /^(?!.*so far)/ })
    // A call of the two seconds before a fetch may be one of a loop, of which not all are reported.
    await eventually(() => Date.now() - abortedAt).toBeGreaterThan(2500)
    await startFetch(page, 'by-user', [media('endless')])
    await waitForLive(panel, 'by-user')
    await eventually(() => downloaded(page, 'by-user')).toBeGreaterThan(0)
    await pressInList('pause', async () => {
      const before = await downloaded(page, 'by-user')
      await sleep(2000)
      return before === (await downloaded(page, 'by-user'))
    })
    await waitForRow(panel, {
      fetch: 'by-user',
      name: 'no progress',
      text: /may be paused in the browser’s download list, which can’t be observed/,
    })
    await pressInList('cancel', async () => (await idsOf(page)).length === 0)
    await waitForRow(panel, {
      fetch: 'by-user',
      name: 'no call of abort() seen',
      text: /download UI, another tab, another DevTools, another extension/,
    })
    await waitForRow(panel, { fetch: 'by-user', name: 'backgroundfetchabort dispatched' })
    await waitForRow(panel, { fetch: 'by-user', name: /^verdict/, text: /^(?!.*so far)/ })
    expect((await endedRows(panel)).find(({ id }) => id === 'by-user')?.outcome).toBe(
      'aborted · no call seen',
    )
    expect(await rowsLike(panel, { fetch: 'by-user', name: 'abort() called' })).toEqual([])
  },
)
