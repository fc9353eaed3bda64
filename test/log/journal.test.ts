import { expect, test } from 'vitest'
import { killBackground } from '../support/background'
import { useBench } from '../support/harness'
import { openFetch } from '../support/open-fetch'
import { openExtensionPage } from '../support/own-database'
import { startFetch } from '../support/page'
import { eventually, waitForLive, waitForRow } from '../support/panel'
import { logRows, rowsLike } from '../support/rows'
import { reloadPanel } from '../support/tab'
import { clearLog, tabIdOf } from '../support/trace'

const bench = useBench({ own: true })

/** Events that no version of the extension takes. */
const BAD = [
  `{ ...good, at: 1e300 }`,
  `{ ...good, at: NaN }`,
  `{ ...good, at: -1 }`,
  `{ ...good, seq: 0.5 }`,
  `{ ...good, body: { type: 'events-lost', count: Infinity } }`,
  `{ ...good, body: { type: 'no such type' } }`,
  `{ ...good, producer: 'x'.repeat(1e6) }`,
  `null`,
]

test('a journal that holds bad events opens without them, and says so once', async () => {
  const { browser } = bench
  const { page, panel } = await openFetch(bench, 'good')
  const tabId = await tabIdOf(browser, page)
  const other = await openExtensionPage(browser)
  await other.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('sessions')
    opening.onsuccess = () => {
      const good = { producer: 'p', seq: 1, at: 1e12, source: 'page', document: null, storageKey: null, body: { type: 'events-lost', count: 1 } }
      const tx = opening.result.transaction('batches', 'readwrite')
      tx.objectStore('batches').add({ tabId: ${tabId}, events: [${BAD.join(', ')}] })
      tx.oncomplete = () => { opening.result.close(); resolve() }
      tx.onabort = () => reject(tx.error)
    }
  })`)
  await killBackground(browser)
  const text = `unreadable ${BAD.length} stored events could not be read`
  await waitForRow(panel, { name: 'unreadable', text })
  await waitForLive(panel, 'good')

  await reloadPanel(panel)
  await waitForRow(panel, { fetch: 'good', name: 'fetch started' })
  await killBackground(browser)
  await startFetch(page, 'later')
  await waitForLive(panel, 'later')
  expect(await rowsLike(panel, { name: 'unreadable' })).toMatchObject([{ text }])

  await clearLog(panel)
  await reloadPanel(panel)
  await waitForLive(panel, 'good')
  expect((await logRows(panel)).map(({ name }) => name)).not.toContain('unreadable')
  await eventually(() => rowsLike(panel, { name: 'not saved' })).toEqual([])
})
