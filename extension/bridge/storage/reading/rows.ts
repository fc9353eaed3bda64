import type { Handle } from '../../../../protocol/handle'
import type { Draft } from '../stored'
import type { Budget } from './budget'
import { digestOf } from './digest'
import { keyMark, keyText, type OpenSummary, summarize, type ValueSummary } from './value-text'

/** Rows of a store whose keys and values are read. */
const MAX_ROWS = 1000
/** The same in all stores. */
const MAX_ROWS_IN_ALL = 5000
/** How many values are asked for at a time: a transaction of the site waits for no more than these. */
const BATCH = 25
/** A value that took longer to read than this, in milliseconds, shows that those of its store are large, */
const SLOW = 12
/** if it has so many characters and bytes in it, or more parts than are read: a small one was slow by chance. */
const LARGE = 1_000_000

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
  let complete = true
  let opaque = 0
  for (let from = 0; from < keys.length; from += BATCH) {
    const some = keys.slice(from, from + BATCH)
    await budget.turn()
    if (unread || budget.over) {
      unread = true
      for (const key of some) addRow(draft, place, key)
      continue
    }
    const objects = database.transaction(store).objectStore(store)
    const read = await Promise.all(
      some.map(
        (key) =>
          new Promise<ReadRow>((resolve, reject) => {
            const request: IDBRequest<unknown> = objects.get(key)
            request.onerror = () => reject(request.error)
            request.onsuccess = () => {
              // What is never asked for is not deserialized.
              const row = unread ? { key } : readRow(key, request, draft)
              if (row.slow) unread = true
              resolve(row)
            }
          }),
      ),
    )
    if (unread) slow.add(id)
    // Only now: a transaction of the site would wait for it.
    for (const { key, summary, named } of read) {
      const digests: (number | null)[] = []
      for (const content of summary?.contents ?? []) digests.push(await digestOf(content, budget))
      const value = summary?.close(digests)
      const isRead = !digests.includes(null)
      if (!isRead) opaque++
      if (value && !value.complete) complete = false
      addRow(draft, place, key, value, named, isRead)
    }
  }
  if (unread || !complete) draft.gaps.push({ kind: 'values-not-compared', side: 'now', ...place })
  if (opaque > 0) draft.gaps.push({ kind: 'contents-not-compared', side: 'now', ...place, rows: opaque })
}

/** A row of which no more than its long contents is still to be read. */
interface ReadRow {
  readonly key: IDBValidKey
  readonly summary?: OpenSummary
  readonly named?: ReadonlySet<Handle>
  /** Others of its store are too large to be read. */
  readonly slow?: boolean
}

function readRow(key: IDBValidKey, request: IDBRequest<unknown>, draft: Draft): ReadRow {
  const began = performance.now()
  const named = new Set<Handle>()
  const summary = summarize(request.result, (text) => {
    for (const handle of draft.namesIn(text)) named.add(handle)
  })
  return { key, summary, named, slow: performance.now() - began >= SLOW && summary.weight >= LARGE }
}

/** @param isRead the mark stands for all of its contents; otherwise it can be compared with no other */
function addRow(
  draft: Draft,
  { database, store }: { database: string; store: string },
  key: IDBValidKey,
  value?: ValueSummary,
  named: ReadonlySet<Handle> = new Set(),
  isRead = false,
): void {
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
    value && isRead ? `${value.mark} ${value.size}` : null,
    named,
    store,
  )
}
