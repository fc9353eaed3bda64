import { expect, test } from 'vitest'
import { killBackground } from './background'
import { registerWorker, startFetch, useBench } from './harness'
import { breaks, openExtensionPage } from './own-database'
import { eventually, press, pressAbort, waitForGone, waitForLive, waitForRow, waitForText } from './panel'
import { closeList, listed, listText, openList, setKeep } from './recordings'

const IN_MEMORY = /Recording in memory only/

const bench = useBench({ own: true })

for (const [name, breakIt] of Object.entries(breaks)) {
  test(`when ${name}, all goes on in memory, which is said, until the disk works again`, async () => {
    const { browser } = bench
    const tab = await bench.openNewTab('/blank.html')
    const broken = await breakIt(await openExtensionPage(browser))
    await killBackground(browser)

    const { panel } = tab
    await registerWorker(tab.page)
    await startFetch(tab.page, 'in memory')
    await waitForLive(panel, 'in memory')
    await waitForText(panel, IN_MEMORY)
    await waitForRow(panel, { name: 'not saved' })
    await pressAbort(panel, 'in memory')
    await waitForRow(panel, { fetch: 'in memory', name: 'backgroundfetchabort over' })
    await waitForGone(panel, 'in memory')

    await setKeep(panel, true)
    await setKeep(panel, false)
    await openList(panel)
    await eventually(() => listText(panel)).toMatch(/In memory only|can’t be read or changed/)
    await eventually(() => listed(panel)).not.toEqual([])
    await closeList(panel)

    await broken.heal()
    await waitForRow(panel, { name: 'saved' })
    await eventually(() => panel.$eval('body', (body) => body.textContent)).not.toMatch(IN_MEMORY)
    await openList(panel)
    await eventually(() => listText(panel)).not.toMatch(/In memory only|can’t be read/)
    await closeList(panel)
    await killBackground(browser)
    await openList(panel)
    await eventually(() => listText(panel)).not.toMatch(/can’t be read/)
    expect((await listed(panel)).length).toBeGreaterThan(0)
    await press(panel, 'Delete all')
    await press(panel, 'Delete all for good')
    await waitForText(panel, /Nothing yet/)
    await closeList(panel)
    await tab.page.close()
  })
}
