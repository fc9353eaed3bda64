import type { Page } from 'puppeteer-core'

export interface Full {
  /** Responses in a cache. */
  readonly entries: number
  /** Rows in an object store. */
  readonly rows: number
}

/** Fills a cache and a database of the page's origin, both named `full`. */
export const fillStorage = (page: Page, { entries, rows }: Full): Promise<void> =>
  page.evaluate(
    async (entries, rows) => {
      const cache = await caches.open('full')
      for (let from = 0; from < entries; from += 500) {
        const length = Math.min(500, entries - from)
        const some = Array.from({ length }, (_, n) => cache.put(`/full/${from + n}`, new Response(null)))
        await Promise.all(some)
      }
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('full', 1)
        request.onupgradeneeded = () => request.result.createObjectStore('rows')
        request.onsuccess = () => {
          const db = request.result
          const transaction = db.transaction('rows', 'readwrite', { durability: 'relaxed' })
          for (let n = 0; n < rows; n++) transaction.objectStore('rows').put(n, n)
          transaction.oncomplete = () => {
            db.close()
            resolve()
          }
          transaction.onerror = reject
        }
        request.onerror = reject
      })
    },
    entries,
    rows,
  )
