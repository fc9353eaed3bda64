import { expect } from 'vitest'
import { inFullRun } from '../support/full'
import { useBench } from '../support/harness'
import { openExtensionPage, putFileForFolder } from '../support/own-database'
import { registerWorker, startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow, waitForText } from '../support/panel'
import { pressAbort } from '../support/press'
import { closeList, listed, listText, openList, setRecording } from '../support/recordings'

const bench = useBench({ own: true, prepare: putFileForFolder })

inFullRun(
  'when there is a file in place of the folder of databases, all goes on in memory, which is said',
  async () => {
    const { page, panel } = await bench.openTab('/blank.html')
    const other = await openExtensionPage(bench.browser)
    const failure = await other.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('any')
          opening.onsuccess = () => resolve('it can be opened')
          opening.onerror = () => resolve(opening.error?.name)
        }),
    )
    expect(failure).toBe('UnknownError')
    await registerWorker(page)
    await startFetch(page, 'in memory')
    await waitForLive(panel, 'in memory')
    await waitForText(panel, /Recording in memory only/)
    await openList(panel)
    await eventually(() => listText(panel)).toMatch(/can’t be read or changed/)
    await closeList(panel)
    await setRecording(panel, true)
    await pressAbort(panel, 'in memory')
    await waitForRow(panel, { fetch: 'in memory', name: 'records released' })
    await setRecording(panel, false)
    await openList(panel)
    await eventually(() => listed(panel)).toHaveLength(1)
    expect((await listed(panel))[0]).toMatch(/In memory only/)
  },
)
