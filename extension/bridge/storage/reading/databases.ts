import type { Gap } from '../../../../protocol/storage-gaps'
import { errorText } from '../../snapshot'
import type { Draft } from '../stored'
import type { Budget } from './budget'
import { openExisting } from './open-database'
import { readRows } from './rows'

/** Databases that are listed, those that are opened, and object stores of each whose rows are read. */
const MAX_LISTED = 500
const MAX_OPENED = 50
const MAX_STORES = 50

/** Lists the databases of the origin, their object stores, and the rows of those that are small. */
export async function readDatabases(draft: Draft, budget: Budget): Promise<void> {
  const list = await indexedDB.databases()
  for (const { name = '', version = 0 } of list.slice(0, MAX_LISTED)) {
    draft.add('database', '', name, { kind: 'database', name, version }, `${version}`)
  }
  if (list.length > MAX_OPENED) {
    const unread = list.length - MAX_OPENED
    draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'databases', container: '', unread })
  }
  for (const [read, { name = '' }] of list.slice(0, MAX_OPENED).entries()) {
    if (budget.over) {
      draft.gaps.push({ kind: 'time-limit', side: 'now', area: 'indexeddb', read })
      return
    }
    await readDatabase(name, draft, budget)
  }
}

const changed = (name: string): Gap => ({
  kind: 'changed-while-read',
  area: 'indexeddb',
  container: name,
  side: 'now',
})

/** It was closed as somebody deletes or upgrades it, or one of its stores is gone. */
const isClosed = (error: unknown): boolean =>
  error instanceof DOMException && ['InvalidStateError', 'NotFoundError', 'AbortError'].includes(error.name)

async function readDatabase(name: string, draft: Draft, budget: Budget): Promise<void> {
  const database = await openExisting(name)
  if (database === 'gone') {
    draft.gaps.push(changed(name))
    return
  }
  if (database === 'busy') {
    draft.gaps.push({ kind: 'database-busy', side: 'now', database: name })
    return
  }
  try {
    const stores = [...database.objectStoreNames]
    for (const store of stores.slice(0, MAX_STORES)) {
      draft.add('object-store', name, store, { kind: 'object-store', database: name, name: store }, '')
    }
    if (stores.length > MAX_STORES) {
      const unread = stores.length - MAX_STORES
      draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'object-stores', container: name, unread })
    }
    for (const store of stores.slice(0, MAX_STORES)) await readRows(database, store, draft, budget)
  } catch (error) {
    const gap: Gap = { kind: 'database-error', side: 'now', database: name, detail: errorText(error) }
    draft.gaps.push(isClosed(error) ? changed(name) : gap)
  } finally {
    database.close()
  }
}
