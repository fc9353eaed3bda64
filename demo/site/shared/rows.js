// @ts-check
// The table of downloads: IndexedDB database "longwave", store "downloads", key = id of the fetch.

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open('longwave', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('downloads', { keyPath: 'id' })
  return settle(request)
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settle(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 */
async function withStore(mode, act) {
  const db = await open()
  try {
    return await settle(act(db.transaction('downloads', mode).objectStore('downloads')))
  } finally {
    // An open connection would block whoever wants to delete the database.
    db.close()
  }
}

/** @param {import('./types.js').Row} row */
export async function putRow(row) {
  await withStore('readwrite', (store) => store.put(row))
}

/**
 * @param {string} id
 * @returns {Promise<import('./types.js').Row | undefined>}
 */
export function readRow(id) {
  return withStore('readonly', (store) => store.get(id))
}

/** @returns {Promise<import('./types.js').Row[]>} */
export function readRows() {
  return withStore('readonly', (store) => store.getAll())
}

/** @param {string} id */
export async function removeRow(id) {
  await withStore('readwrite', (store) => store.delete(id))
}
