import type { Frame } from 'puppeteer-core'
import type { SessionEvent } from '../../protocol/events'

/** Reads all that the extension has recorded, from its own database. */
export const recordedEvents = (panel: Frame): Promise<SessionEvent[]> =>
  panel.evaluate(
    () =>
      new Promise<SessionEvent[]>((resolve, reject) => {
        const opening = indexedDB.open('sessions')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const database = opening.result
          const all = database.transaction('batches').objectStore('batches').getAll()
          all.onerror = () => reject(all.error)
          all.onsuccess = () => {
            database.close()
            resolve(all.result.flatMap(({ events }) => events))
          }
        }
      }),
  )
