import type { Page } from 'puppeteer-core'

export interface Full {
  /** Responses in a cache. */
  readonly entries: number
  /** Rows in an object store. */
  readonly rows: number
  /** Directories of the private file system. */
  readonly directories?: number
  /** Rows of a store of its own, each with a value of two megabytes. */
  readonly large?: number
}

/** Fills the storage of the page's origin: a cache and a database named `full`, directories, large values. */
export async function fillStorage(page: Page, full: Full): Promise<void> {
  await fillCacheAndRows(page, full)
  if (full.directories) await fillDirectories(page, full.directories)
  if (full.large) await fillLargeValues(page, full.large)
}

const fillDirectories = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (count) => {
    const root = await navigator.storage.getDirectory()
    for (let from = 0; from < count; from += 500) {
      const folder = await root.getDirectoryHandle(`full-${from}`, { create: true })
      const some = Array.from({ length: Math.min(500, count - from) - 1 }, (_, n) =>
        folder.getDirectoryHandle(`inner-${n}`, { create: true }),
      )
      await Promise.all(some)
    }
  }, count)

const fillLargeValues = (page: Page, count: number): Promise<void> =>
  page.evaluate(
    (count) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('large', 1)
        request.onupgradeneeded = () => {
          const values = request.result.createObjectStore('values')
          const parts = Array.from({ length: 20_000 }, (_, n) => ({ n, text: `part ${n} `.repeat(8) }))
          for (let n = 0; n < count; n++) values.put({ parts }, n)
        }
        request.onerror = reject
        request.onsuccess = () => {
          request.result.close()
          resolve()
        }
      }),
    count,
  )

const fillCacheAndRows = (page: Page, { entries, rows }: Full): Promise<void> =>
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
