import { errorText } from '../snapshot'
import type { Budget } from './budget'
import { openExisting } from './open-database'
import { readRows } from './rows'
import type { Draft } from './snapshot'

/** Databases that are listed, those that are opened, and object stores of each whose rows are read. */
const MAX_LISTED = 500
const MAX_OPENED = 50
const MAX_STORES = 50
const MAX_NAME = 1000

/** Lists the databases of the origin, their object stores, and the rows of those that are small. */
export async function readDatabases(draft: Draft, budget: Budget): Promise<void> {
  const list = await indexedDB.databases()
  for (const { name = '', version = 0 } of list.slice(0, MAX_LISTED)) {
    draft.add(
      'database',
      '',
      name,
      { kind: 'database', name: name.slice(0, MAX_NAME), version },
      `${version}`,
    )
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

async function readDatabase(name: string, draft: Draft, budget: Budget): Promise<void> {
  const database = await openExisting(name)
  if (!database) {
    draft.gaps.push({ kind: 'database-busy', side: 'now', database: name })
    return
  }
  try {
    const stores = [...database.objectStoreNames]
    for (const store of stores.slice(0, MAX_STORES)) {
      const item = { kind: 'object-store', database: name.slice(0, MAX_NAME), name: store.slice(0, MAX_NAME) }
      draft.add('object-store', name, store, { ...item, kind: 'object-store' }, '')
    }
    if (stores.length > MAX_STORES) {
      const unread = stores.length - MAX_STORES
      draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'object-stores', container: name, unread })
    }
    for (const store of stores.slice(0, MAX_STORES)) await readRows(database, store, draft, budget)
  } catch (error) {
    draft.gaps.push({ kind: 'database-error', side: 'now', database: name, detail: errorText(error) })
  } finally {
    database.close()
  }
}
