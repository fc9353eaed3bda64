/** How long a database may take to open before it counts as busy, in milliseconds. */
const PATIENCE = 500

/** Databases whose opening has not been answered yet. */
const waiting = new Set<string>()

/**
 * Opens a database that exists, as it is. Never creates or upgrades one: where it was deleted meanwhile, the upgrade
 * that would make it anew is aborted, which undoes it. Never stands in the way of somebody who deletes or upgrades
 * it: it closes at once on `versionchange`.
 *
 * @returns undefined when the database is gone, or busy
 */
export function openExisting(name: string): Promise<IDBDatabase | undefined> {
  // One request waits; more would only pile up behind it.
  if (waiting.has(name)) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    waiting.add(name)
    const request = indexedDB.open(name)
    let late = false
    const timer = setTimeout(() => {
      late = true
      resolve(undefined)
    }, PATIENCE)
    const end = (database?: IDBDatabase) => {
      clearTimeout(timer)
      waiting.delete(name)
      if (late) database?.close()
      else resolve(database)
    }
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = (event) => {
      event.preventDefault()
      end()
    }
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close()
      end(request.result)
    }
  })
}
