import type { ElementHandle } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { useDownloads } from '../recording/downloads'
import { openAudited, startAndAbort, waitForVerdict } from '../support/audit'
import { chooseEntry, openMenuOf, shownComparison } from '../support/compare'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { registerWorker } from '../support/page'
import { eventually, waitForText } from '../support/panel'
import { press } from '../support/press'
import { violations } from '../support/violations'

const bench = useBench()
const downloads = useDownloads(bench)

/** Two aborts on the demo: the handler forgets the notes of the first, and cleans up after the second. */
async function openTwo() {
  const tab = await openAudited(bench, 'forget-rows')
  const { page, panel } = tab
  await startAndAbort(tab, 'wrong')
  await waitForVerdict(panel, 'wrong')
  await registerWorker(page, { handler: 'keep' })
  await startAndAbort(tab, 'right')
  await waitForVerdict(panel, 'right')
  return tab
}

test('what one handler leaves and the other does not is only in that fetch, whichever is compared', async () => {
  const { devtools, panel } = await openTwo()
  const left = [
    expect.stringMatching(/^[\w-]+\/downloads: wrong/),
    expect.stringMatching(/^parts\/wrong\.part/),
  ]

  await openMenuOf(devtools, panel, 'tr[data-id="wrong"]')
  await chooseEntry(devtools, panel, /^Compare with…$/)
  await eventually(async () => (await shownComparison(panel)).summary).toMatch(
    /^Different: Verdict(, Steps)?\. Findings and storage: 2 only in A\.$/,
  )
  const there = await shownComparison(panel)
  expect(there.a).toMatch(/^A wrong · .* · aborted · panel$/)
  expect(there.facts.Verdict).toEqual(['2 left', 'clean'])
  expect(there.groups['only-a']).toEqual(left)
  expect(there.groups['only-b']).toBeUndefined()

  // The focus comes back to the row.
  await devtools.keyboard.press('Escape')
  await eventually(() =>
    panel.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.id),
  ).toBe('wrong')

  await openMenuOf(devtools, panel, 'tr[data-id="right"]')
  await chooseEntry(devtools, panel, /^Compare with…$/)
  const back = await shownComparison(panel)
  expect(back.groups['only-b']).toEqual(left)
  expect(back.groups['only-a']).toBeUndefined()
})

inFullRun('a fetch is compared with one of a session file, and nothing is against the dialog', async () => {
  const tab = await openTwo()
  const { devtools, panel } = tab
  await press(panel, 'Export session…')
  await panel.waitForSelector('dialog[open]')
  const download = downloads.next()
  await press(panel, 'Export')
  const { path } = await download

  await press(panel, 'Clear log')
  await panel.waitForFunction(() => !document.querySelector('tr[data-fetch]'))
  await startAndAbort(tab, 'again')
  await waitForVerdict(panel, 'again')
  await openMenuOf(devtools, panel, 'tr[data-id="again"]')
  await chooseEntry(devtools, panel, /^Compare with…$/)
  await waitForText(panel, /No other background fetch/)
  const input = (await panel.$('dialog input[type="file"]')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(path)
  await waitForText(panel, /Imported session of localhost/)
  const options = await panel.$$eval('dialog [aria-label="B: Fetch"] option', (all) =>
    all.map((one) => ({ text: one.textContent ?? '', value: (one as HTMLOptionElement).value })),
  )
  expect(options).toHaveLength(2)
  const wrong = options.find(({ text }) => text.startsWith('wrong'))
  await panel.select('dialog [aria-label="B: Fetch"]', wrong?.value ?? '')
  await eventually(async () => (await shownComparison(panel)).facts.Verdict).toEqual(['clean', '2 left'])
  expect((await shownComparison(panel)).groups['only-b']).toHaveLength(2)
  expect(await violations(panel)).toEqual([])
})
