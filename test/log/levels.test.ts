import type { Frame } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { filterLog, press, pressAbort } from '../support/press'
import { logRows, rowsLike } from '../support/rows'
import { reloadPanel } from '../support/tab'

const bench = useBench()

const names = async (panel: Frame) => (await logRows(panel)).map(({ name }) => name)

const hidden = (panel: Frame) =>
  panel.$eval('[aria-live="polite"]', (it) => Number.parseInt(it.textContent, 10))

/** A fetch that was aborted, in a panel whose levels nobody has chosen. */
async function aborted(id: string) {
  const tab = await bench.openTab('/blank.html')
  const { page, panel } = tab
  await panel.evaluate(() => localStorage.removeItem('log-levels'))
  await reloadPanel(panel)
  await registerWorker(page)
  await startFetch(page, id)
  await waitForLive(panel, id)
  await pressAbort(panel, id)
  await waitForRow(panel, { fetch: id, name: 'records released' })
  return tab
}

/** Chooses or leaves out a level in the menu. */
async function toggleLevel(panel: Frame, now: string, level: string): Promise<void> {
  await press(panel, `Log levels: ${now}`)
  await press(panel, level)
}

test('Verbose rows are off at first, counted as hidden, and shown when they are asked for', async () => {
  const { panel } = await aborted('quiet')
  expect(await names(panel)).toContain('abort requested')
  for (const setUp of ['panel opened', 'watching', 'tracing', 'worker running', 'worker started']) {
    expect(await names(panel)).not.toContain(setUp)
  }
  expect(await hidden(panel)).toBeGreaterThan(1)

  // The filter shows what it asks for, whatever the menu says.
  await filterLog(panel, 'level:verbose')
  await waitForRow(panel, { name: 'watching' })
  expect(await rowsLike(panel, { fetch: 'quiet', name: 'abort requested' })).toEqual([])
  await filterLog(panel, '')
  await waitForRow(panel, { name: 'abort requested' })
  expect(await names(panel)).not.toContain('watching')

  await toggleLevel(panel, 'Default levels', 'Verbose')
  await waitForRow(panel, { name: 'watching' })
  await waitForRow(panel, { name: 'watching' })
  await eventually(() => hidden(panel)).toBeNaN()
  await reloadPanel(panel)
  await waitForRow(panel, { name: 'watching' })

  // Any choice is possible, and the way back is one line.
  await toggleLevel(panel, 'All levels', 'Info')
  await toggleLevel(panel, 'Custom levels', 'Verbose')
  await eventually(() => rowsLike(panel, { name: 'abort requested' })).toEqual([])
  await toggleLevel(panel, 'Custom levels', 'Default')
  await waitForRow(panel, { name: 'abort requested' })
  expect(await names(panel)).not.toContain('watching')
})
