import { expect } from 'vitest'
import { killBackground } from '../support/background'
import { inEveryRunIf, inFullRun } from '../support/full'
import { type Tab, useBench } from '../support/harness'
import { type Broken, breaks, openExtensionPage, refuseWrites } from '../support/own-database'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForGone, waitForLive, waitForRow, waitForText } from '../support/panel'
import { press, pressAbort } from '../support/press'
import { closeList, listed, listText, openList, setRecording } from '../support/recordings'

const IN_MEMORY = /Recording in memory only/

const bench = useBench({ own: true })

async function goOn({ page, panel }: Tab, { heal }: Broken): Promise<void> {
  await registerWorker(page)
  await startFetch(page, 'in memory')
  await waitForLive(panel, 'in memory')
  await waitForText(panel, IN_MEMORY)
  await waitForRow(panel, { name: 'not saved' })
  await pressAbort(panel, 'in memory')
  await waitForRow(panel, { fetch: 'in memory', name: 'records released' })
  await waitForGone(panel, 'in memory')

  await setRecording(panel, true)
  await setRecording(panel, false)
  await openList(panel)
  await eventually(() => listText(panel)).toMatch(/In memory only|can’t be read or changed/)
  await eventually(() => listed(panel)).not.toEqual([])
  await closeList(panel)

  await heal()
  await waitForRow(panel, { name: 'saved' })
  await eventually(() => panel.$eval('body', (body) => body.textContent)).not.toMatch(IN_MEMORY)
  await openList(panel)
  await eventually(() => listText(panel)).not.toMatch(/In memory only|can’t be read/)
  await closeList(panel)
  await killBackground(bench.browser)
  await openList(panel)
  await eventually(() => listText(panel)).not.toMatch(/can’t be read/)
  expect((await listed(panel)).length).toBeGreaterThan(0)
  await press(panel, 'Delete all')
  await press(panel, 'Delete all permanently')
  await waitForText(panel, /Nothing yet/)
  await closeList(panel)
  await page.close()
}

for (const [name, breakIt] of Object.entries(breaks)) {
  inEveryRunIf(name === 'a newer version is on disk')(
    `when ${name}, all goes on in memory, which is said, until the disk works again`,
    async () => {
      const tab = await bench.openNewTab('/blank.html')
      const broken = await breakIt(await openExtensionPage(bench.browser))
      await killBackground(bench.browser)
      await goOn(tab, broken)
    },
  )
}

inFullRun(
  'when every write fails, all goes on in memory, which is said, until the disk works again',
  async () => {
    const tab = await bench.openNewTab('/blank.html')
    await goOn(tab, await refuseWrites(bench.browser))
  },
)
