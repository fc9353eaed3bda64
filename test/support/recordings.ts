import type { Browser, Frame } from 'puppeteer-core'
import { waitForRow, waitForText } from './panel'
import { press } from './press'
import { inExtension } from './trace'

/** Switches "Keep recording this tab", and waits until the log says so. */
export async function setRecording(panel: Frame, on: boolean): Promise<void> {
  await panel.evaluate(() => {
    const labels = [...document.querySelectorAll('label')]
    labels.find(({ textContent }) => textContent === 'Keep recording this tab')?.click()
  })
  await waitForRow(panel, { source: 'panel', name: on ? 'keep recording' : 'keep recording ended' })
}

/** Opens the list of the recordings that are over, and waits until it has been read. */
export async function openList(panel: Frame): Promise<void> {
  await press(panel, 'Saved recordings')
  await panel.waitForSelector('dialog[open] li, dialog[open] p', { timeout: 15_000 })
}

export const listed = (panel: Frame): Promise<string[]> =>
  panel.$$eval('dialog[open] li', (rows) => rows.map((row) => row.textContent ?? ''))

export const closeList = (panel: Frame): Promise<void> =>
  panel.$$eval('dialog[open] button', (buttons) =>
    (buttons.find((one) => one.textContent === 'Close') as HTMLElement | undefined)?.click(),
  )

/** Deletes all recordings of the open list, by its buttons, and waits until it is empty. */
export async function deleteAll(panel: Frame, confirm = press): Promise<void> {
  await press(panel, 'Delete all')
  await confirm(panel, 'Delete all permanently')
  await waitForText(panel, /Nothing yet/)
}

/** Deletes what tests before have left. */
export async function emptyList(panel: Frame): Promise<void> {
  await openList(panel)
  if ((await listed(panel)).length > 0) await deleteAll(panel)
  await closeList(panel)
}

/** All that the open list says. */
export const listText = (panel: Frame): Promise<string> =>
  panel.$eval('dialog[open]', (dialog) => dialog.textContent ?? '')

/** The types of the events that are on disk: of all tabs, or of one. */
export const saved = (browser: Browser, tabId?: number): Promise<string[]> =>
  inExtension(
    browser,
    `new Promise((resolve, reject) => {
      const opening = indexedDB.open('sessions')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const all = opening.result.transaction('batches').objectStore('batches').getAll()
        all.onsuccess = () => {
          opening.result.close()
          const batches = all.result.filter(({ tabId }) => ${tabId === undefined ? 'true' : `tabId === ${tabId}`})
          resolve(batches.flatMap(({ events }) => events.map(({ body }) => body.type)))
        }
      }
    })`,
  )
