import type { Deletable, DeletionOutcome } from '../../../protocol/deletions'
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

const DELETED: DeletionOutcome = { kind: 'deleted' }
const GONE: DeletionOutcome = { kind: 'gone' }

/** Deletes the one item of that name; where several have it, one of them may be another one's. */
async function deleteOnly<T>(
  found: readonly T[],
  remove: (one: T) => unknown | Promise<unknown>,
): Promise<DeletionOutcome> {
  const [one] = found
  if (one === undefined) return GONE
  if (found.length > 1) return { kind: 'ambiguous', count: found.length }
  return (await remove(one)) === false ? GONE : DELETED
}

async function deleteEntry({
  cache,
  url,
  method,
}: Extract<Deletable, { kind: 'cache-entry' }>): Promise<DeletionOutcome> {
  const match = { ignoreMethod: true, ignoreVary: true }
  // Opening a cache that is not there would create it; this does not.
  if (!(await caches.match(url, { ...match, cacheName: cache }))) return GONE
  const opened = await caches.open(cache)
  const found = (await opened.keys(url, match)).filter((request) => request.method === method)
  if (found.length === 0 && (await opened.keys()).length === 0) return { kind: 'emptied' }
  return deleteOnly(found, (request) => opened.delete(request))
}

async function deleteRow({
  database,
  store,
  key,
}: Extract<Deletable, { kind: 'row' }>): Promise<DeletionOutcome> {
  const opened = await openExisting(database)
  if (opened === 'gone') return GONE
  if (opened === 'busy') return { kind: 'busy' }
  try {
    if (!opened.objectStoreNames.contains(store)) return GONE
    const transaction = opened.transaction(store, 'readwrite')
    const completed = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    const objects = transaction.objectStore(store)
    const found = (await done(objects.getAllKeys())).filter((one) => keyText(one) === key)
    const outcome = await deleteOnly(found, (one) => void objects.delete(one))
    await completed
    return outcome
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
  return DELETED
}

function deleteKey({ kind, key }: Extract<Deletable, { kind: 'local-storage' | 'session-storage' }>) {
  const storage = kind === 'local-storage' ? localStorage : sessionStorage
  if (storage.getItem(key) === null) return GONE
  storage.removeItem(key)
  return DELETED
}

/**
 * Deletes one item of the origin's storage, and nothing else. Resolves with what became of it; rejects as the browser
 * does.
 *
 * @param notifications those that the registration of the fetch shows
 */
export async function deleteItem(
  item: Deletable,
  notifications: () => Promise<readonly Closable[]>,
): Promise<DeletionOutcome> {
  switch (item.kind) {
    case 'cache-entry':
      return deleteEntry(item)
    case 'row':
      return deleteRow(item)
    case 'file':
      try {
        return await deleteFile(item)
      } catch (error) {
        if (error instanceof DOMException && error.name === 'NotFoundError') return GONE
        throw error
      }
    case 'notification': {
      const shown = await notifications()
      return deleteOnly(
        shown.filter(({ tag, title }) => tag === item.tag && title === item.title),
        (one) => one.close?.(),
      )
    }
    default:
      return deleteKey(item)
  }
}
