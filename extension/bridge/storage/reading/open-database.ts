/** How long a database may take to open before it counts as busy, in milliseconds. */
const PATIENCE = 500

/** Databases whose opening has not been answered yet. */
const waiting = new Set<string>()

/**
 * Opens a database that exists, as it is. Never creates or upgrades one: where it was deleted meanwhile, the upgrade
 * that would make it anew is aborted, which undoes it. Never stands in the way of somebody who deletes or upgrades
 * it: it closes at once on `versionchange`.
 *
 * @returns `gone` when it was deleted meanwhile, `busy` when it does not open soon or at all
 */
export function openExisting(name: string): Promise<IDBDatabase | 'gone' | 'busy'> {
  // One request waits; more would only pile up behind it.
  if (waiting.has(name)) return Promise.resolve('busy')
  return new Promise((resolve) => {
    waiting.add(name)
    const request = indexedDB.open(name)
    let late = false
    let missing = false
    const timer = setTimeout(() => {
      late = true
      resolve('busy')
    }, PATIENCE)
    const end = (opened: IDBDatabase | 'gone' | 'busy') => {
      clearTimeout(timer)
      waiting.delete(name)
      if (!late) resolve(opened)
      else if (typeof opened === 'object') opened.close()
    }
    request.onupgradeneeded = () => {
      missing = true
      request.transaction?.abort()
    }
    request.onerror = (event) => {
      event.preventDefault()
      end(missing ? 'gone' : 'busy')
    }
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close()
      end(request.result)
    }
  })
}
