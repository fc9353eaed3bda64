import type { Frame, Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useBench } from '../support/harness'
import { chooseEntry, disabledReasons, menuEntries, openMenuByKey } from '../support/menu'
import { openFetch } from '../support/open-fetch'
import { eventually, waitForRow } from '../support/panel'
import { filterLog, pressAbort } from '../support/press'
import { rowsLike } from '../support/rows'

const bench = useBench()

const FIELD = 'input[type="search"]'

const query = (panel: Frame) => panel.$eval(FIELD, (field) => (field as HTMLInputElement).value)

/** What was copied, as it is pasted into the filter's field. */
async function pasted(devtools: Page, panel: Frame): Promise<string> {
  await eventually(() =>
    panel.$$eval('[role="status"]', (all) => all.map(({ textContent }) => textContent?.trim())),
  ).toContain('Copied')
  // Not the field alone, which gets what is filtered for when a row comes.
  await filterLog(panel, '')
  await panel.focus(FIELD)
  await devtools.keyboard.press('v', { commands: ['Paste'] })
  return (await query(panel)).replace(/v$/, '')
}

test('a row of the log has a menu, by the pointer and by keys, that copies and filters', async () => {
  const { devtools, panel } = await openFetch(bench, 'talk')
  await pressAbort(panel, 'talk')
  await waitForRow(panel, { fetch: 'talk', name: 'records released' })
  const rows = await panel.$$('[data-row]')
  for (const row of rows) {
    const name = await row.$eval('b', (it) => it.textContent)
    if (name === 'abort requested') await row.click({ button: 'right' })
  }
  await eventually(() => menuEntries(panel)).toEqual([
    'Copy row as JSON',
    'Copy ID',
    'Filter for source:panel',
    'Filter out source:panel',
    'Filter for event:abort-requested',
    'Filter out event:abort-requested',
    'Filter for fetch:talk',
    'Filter out fetch:talk',
    'Abort the next “talk” at…',
    'Repeat…',
    'Abort at each moment…',
    'Compare with…',
  ])
  await chooseEntry(panel, 'Filter out event:abort-requested')
  await eventually(() => rowsLike(panel, { name: 'abort requested' })).toEqual([])
  expect(await query(panel)).toBe('-event:abort-requested')

  // The worker's rows come when they come.
  await filterLog(panel, 'fetch:talk')
  await eventually(() => rowsLike(panel, { fetch: '' })).toEqual([])
  await panel.focus('[aria-label="Event log"] [data-row][tabindex="0"]')
  await devtools.keyboard.press('End')
  await openMenuByKey(devtools)
  await eventually(() => menuEntries(panel)).toContain('Copy ID')
  await chooseEntry(panel, 'Copy ID')
  expect(await pasted(devtools, panel)).toBe('talk')
})

test('a fetch of the table can be aborted from its menu, and not once it has ended', async () => {
  const { devtools, panel } = await openFetch(bench, 'listed')
  const filters = ['Filter for fetch:listed', 'Filter out fetch:listed']
  const later = ['Abort the next “listed” at…', 'Repeat…', 'Abort at each moment…']
  const again = 'Copy as backgroundFetch.fetch()'
  const synthetic = 'Dispatch synthetic backgroundfetchclick'
  const expectMenu = async (entries: readonly string[]) => {
    await panel.focus('tr[data-id="listed"]')
    await openMenuByKey(devtools)
    await eventually(() => menuEntries(panel)).toEqual(entries)
  }
  await expectMenu(['Copy ID', again, ...filters, 'Abort', 'Abort at…', ...later, synthetic, 'Compare with…'])
  expect(await disabledReasons(panel)).toEqual([])
  await chooseEntry(panel, 'Abort')
  await waitForRow(panel, { fetch: 'listed', name: 'records released' })
  const tests = ['Copy as test (Puppeteer)', 'Copy as test (Playwright)']
  await expectMenu(['Copy ID', again, ...tests, ...filters, ...later, 'Compare with…'])
  // Nothing that it could check is known.
  expect(await disabledReasons(panel)).toEqual(
    tests.map(() => expect.stringMatching(/^The(re is no final| verdict names nothing)/)),
  )
})
