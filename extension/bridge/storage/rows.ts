import type { Handle } from '../../../protocol/handle'
import type { Budget } from './budget'
import type { Draft } from './snapshot'
import { keyMark, keyText, summarize } from './value-text'

/** Rows of a store whose keys and values are read. */
const MAX_ROWS = 1000
/** The same in all stores. */
const MAX_ROWS_IN_ALL = 5000
/** How many values are asked for at a time: a transaction of the site waits for no more than these. */
const BATCH = 25
/** A value that took longer to read than this, in milliseconds, shows that those of its store are large. */
const SLOW = 12

/** Stores with values so large that reading them holds the page up: only their keys are read from then on. */
const slow = new Set<string>()

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Adds the rows of one store, with their values as far as time allows. Rejects when the database closes. */
export async function readRows(
  database: IDBDatabase,
  store: string,
  draft: Draft,
  budget: Budget,
): Promise<void> {
  const place = { database: database.name, store }
  const count = await done(database.transaction(store).objectStore(store).count())
  draft.rows.push({ ...place, count })
  const read = draft.rows.reduce((sum, { count }) => sum + (count > MAX_ROWS ? 0 : count), 0)
  if (count > MAX_ROWS || read > MAX_ROWS_IN_ALL) {
    draft.gaps.push({ kind: 'store-large', side: 'now', ...place, rows: count })
    return
  }
  const keys = await done(database.transaction(store).objectStore(store).getAllKeys(null, MAX_ROWS))
  const id = JSON.stringify(place)
  let unread = slow.has(id)
  for (let from = 0; from < keys.length; from += BATCH) {
    const some = keys.slice(from, from + BATCH)
    await budget.turn()
    if (unread || budget.over) {
      unread = true
      for (const key of some) addRow(draft, place, key)
      continue
    }
    const objects = database.transaction(store).objectStore(store)
    await Promise.all(
      some.map(
        (key) =>
          new Promise<void>((resolve, reject) => {
            const request: IDBRequest<unknown> = objects.get(key)
            request.onerror = () => reject(request.error)
            request.onsuccess = () => {
              // What is never asked for is not deserialized.
              if (unread) addRow(draft, place, key)
              else unread = !addRow(draft, place, key, request)
              resolve()
            }
          }),
      ),
    )
    if (unread) slow.add(id)
  }
  if (unread) draft.gaps.push({ kind: 'values-not-compared', side: 'now', ...place })
}

/** @returns whether its value was read to its end, and soon enough for others to be read */
function addRow(
  draft: Draft,
  { database, store }: { database: string; store: string },
  key: IDBValidKey,
  request?: IDBRequest<unknown>,
): boolean {
  const began = performance.now()
  const named = new Set<Handle>()
  const heard = (text: string) => {
    for (const handle of draft.namesIn(text)) named.add(handle)
  }
  const value = request ? summarize(request.result, heard) : undefined
  draft.add(
    'row',
    database,
    keyMark(key),
    {
      kind: 'row',
      database,
      store,
      key: keyText(key),
      value: value?.text ?? '',
      size: value?.size ?? null,
      bodies: value ? [...value.bodies] : [],
    },
    value ? `${value.mark} ${value.size}` : null,
    named,
    store,
  )
  if (value && !value.complete) draft.gaps.push({ kind: 'values-not-compared', side: 'now', database, store })
  return performance.now() - began < SLOW
}
