/** The part of a database that is used here. */
type Stores = Pick<IDBDatabase, 'objectStoreNames' | 'createObjectStore' | 'deleteObjectStore'>

/**
 * Makes the stores of this version in a database of an earlier one. Journals stay.
 *
 * @param before the earlier version; 0 where there was no database
 */
export function upgrade(db: Stores, before: number): void {
  if (before < 1) db.createObjectStore('batches', { autoIncrement: true }).createIndex('tabId', 'tabId')
  // What builds before the first version recorded without a panel has another form.
  for (const name of [...db.objectStoreNames]) if (name !== 'batches') db.deleteObjectStore(name)
  db.createObjectStore('recordings', { keyPath: 'tabId' })
  db.createObjectStore('savedRecordings', { keyPath: 'id' })
  db.createObjectStore('savedPages')
}
