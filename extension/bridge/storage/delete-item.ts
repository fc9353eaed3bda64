import type { Deletable } from '../../../protocol/deletions'
import { openExisting } from './reading/open-database'
import { keyText } from './reading/value-text'

/** A notification that can be closed; lib.dom has it, but not for every registration that is used here. */
interface Closable {
  readonly tag: string
  readonly title: string
  close?(): void
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Two items with one name are not deleted: one of them may be another one's. */
const onlyOne = <T>(found: readonly T[]): T | undefined => {
  if (found.length > 1) throw new Error(`${found.length} items have this name`)
  return found[0]
}

async function deleteEntry({ cache, url, method }: Extract<Deletable, { kind: 'cache-entry' }>) {
  // Opening one that is not there would create it.
  if (!(await caches.has(cache))) return false
  const opened = await caches.open(cache)
  const match = { ignoreMethod: true, ignoreVary: true }
  const found = (await opened.keys(url, match)).filter((request) => request.method === method)
  const request = onlyOne(found)
  return request ? opened.delete(request) : false
}

async function deleteRow({ database, store, key }: Extract<Deletable, { kind: 'row' }>) {
  const opened = await openExisting(database)
  if (opened === 'gone') return false
  if (opened === 'busy') throw new Error('The database does not open.')
  try {
    if (!opened.objectStoreNames.contains(store)) return false
    const transaction = opened.transaction(store, 'readwrite')
    const completed = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    const objects = transaction.objectStore(store)
    const found = onlyOne((await done(objects.getAllKeys())).filter((one) => keyText(one) === key))
    if (found !== undefined) objects.delete(found)
    await completed
    return found !== undefined
  } finally {
    opened.close()
  }
}

async function deleteFile({ path }: Extract<Deletable, { kind: 'file' }>) {
  const parts = path.split('/')
  let directory = await navigator.storage.getDirectory()
  for (const part of parts.slice(0, -1)) directory = await directory.getDirectoryHandle(part)
  const file = parts.at(-1) ?? ''
  // A folder of that name is another item.
  await directory.getFileHandle(file)
  await directory.removeEntry(file)
  return true
}

function deleteKey({ kind, key }: Extract<Deletable, { kind: 'local-storage' | 'session-storage' }>) {
  const storage = kind === 'local-storage' ? localStorage : sessionStorage
  if (storage.getItem(key) === null) return false
  storage.removeItem(key)
  return true
}

/**
 * Deletes one item of the origin's storage, and nothing else. Resolves with whether it was there; rejects in the
 * browser's words.
 *
 * @param notifications those that the registration of the fetch shows
 */
export async function deleteItem(
  item: Deletable,
  notifications: () => Promise<readonly Closable[]>,
): Promise<boolean> {
  switch (item.kind) {
    case 'cache-entry':
      return deleteEntry(item)
    case 'row':
      return deleteRow(item)
    case 'file':
      try {
        return await deleteFile(item)
      } catch (error) {
        if (error instanceof DOMException && error.name === 'NotFoundError') return false
        throw error
      }
    case 'notification': {
      const shown = await notifications()
      const found = onlyOne(shown.filter(({ tag, title }) => tag === item.tag && title === item.title))
      found?.close?.()
      return found !== undefined
    }
    default:
      return deleteKey(item)
  }
}
