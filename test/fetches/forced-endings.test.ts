import type { Frame, Page } from 'puppeteer-core'
import { describe, expect, test } from 'vitest'
import { killBackground } from '../support/background'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { media, registerWorker, startFetch } from '../support/page'
import { eventually, waitForEnded, waitForLive, waitForRow } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { setTrace, waitForWorker } from '../support/trace'
import { violations } from '../support/violations'

const small = (name: string) => media(name, { size: 200_000, rate: 0 })

/** Repeats the fetch `talk` so that it ends like this. */
async function repeatWith(panel: Frame, ending: string): Promise<void> {
  // A click on the row that is selected already selects none, and a fetch may come to be selected just now.
  await eventually(() =>
    panel.$eval('tr[data-id="talk"]', (row) => {
      const isSelected = row.getAttribute('aria-selected') === 'true'
      if (!isSelected) (row as HTMLElement).click()
      return isSelected
    }),
  ).toBe(true)
  await press(panel, 'Repeat…')
  const field = 'dialog[open] select'
  await panel.waitForSelector(field)
  // The fetch before it may have to be over first.
  await eventually(() =>
    panel.$$eval(`${field} option:not([disabled])`, (options) => options.map(({ value }) => value)),
  ).toContain(ending)
  await panel.select(field, ending)
  expect(await violations(panel, 'label')).toEqual([])
  await press(panel, 'Start fetch')
}

const stateOf = (panel: Frame, id: string) =>
  panel.$eval(`tr[data-id="${id}"]`, (row) => (row as HTMLElement).innerText)

/** How a fetch ends that the page starts itself, with a total that any quota but the smallest has room for. */
async function endsWell(page: Page, panel: Frame, id: string): Promise<void> {
  await startFetch(page, id, [small(id)], { downloadTotal: 200_000 })
  await waitForEnded(panel, id)
  expect(await stateOf(panel, id)).toContain('success')
}

describe('a repetition is made to fail', () => {
  const bench = useBench()

  async function openTalk() {
    const { page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page, { handler: 'discard' })
    await startFetch(page, 'talk', [small('talk')], { downloadTotal: 200_000 })
    await waitForEnded(panel, 'talk')
    return { page, panel }
  }

  test('with quota-exceeded, which is labelled, and the quota is as before afterwards', async () => {
    const { page, panel } = await openTalk()
    await setTrace(panel, true)
    await waitForWorker(panel)
    await repeatWith(panel, 'quota-exceeded')
    await eventually(() => stateOf(panel, 'talk-2')).toContain('failed: quota-exceeded · limited by panel')
    await waitForRow(panel, { fetch: 'talk-2', name: 'made to fail' })
    await waitForRow(panel, { fetch: 'talk-2', name: 'quota reverted' })
    await endsWell(page, panel, 'after')
  })

  /** A fetch that goes on for longer than a test, and was aborted. */
  async function openLongTalk() {
    const { page, panel } = await bench.openTab('/blank.html')
    await registerWorker(page, { handler: 'discard' })
    await startFetch(page, 'talk')
    await waitForLive(panel, 'talk')
    await pressAbort(panel, 'talk')
    await waitForEnded(panel, 'talk')
    return { page, panel }
  }

  inFullRun('no longer than the extension’s worker is there that limited the quota', async () => {
    const { page, panel } = await openLongTalk()
    await setTrace(panel, true)
    await waitForWorker(panel)
    await repeatWith(panel, 'quota-exceeded')
    await waitForLive(panel, 'talk-2')
    await killBackground(bench.browser)
    await waitForRow(panel, { fetch: 'talk-2', name: 'quota reverted', text: /started again/ })
    await pressAbort(panel, 'talk-2')
    await waitForEnded(panel, 'talk-2')
    await endsWell(page, panel, 'after')
  })

  inFullRun('with an abort at a moment', async () => {
    const { panel } = await openLongTalk()
    await repeatWith(panel, 'abort')
    await eventually(() => stateOf(panel, 'talk-2')).toContain('aborted · panel')
  })

  inFullRun('with each other failure', async () => {
    const { page, panel } = await openTalk()
    for (const [i, ending] of ['download-total-exceeded', 'bad-status', 'fetch-error'].entries()) {
      const id = `talk-${i + 2}`
      await repeatWith(panel, ending)
      await eventually(() => stateOf(panel, id)).toContain(`failed: ${ending} · panel`)
    }
    await endsWell(page, panel, 'after')
  })
})
