import type { NewFile, NewRow, Stock } from '../../../protocol/storage-events'
import type { Inventory } from './inventory'

/** How many new rows and files one comparison names. */
const MAX_NAMED = 200
/** Shorter ids would be found everywhere. */
const MIN_ID = 3

export interface Wanted {
  readonly database: string
  readonly store: string
  readonly keys: readonly IDBValidKey[]
}

/** `ep-1` is no part of `ep-12`, and none of `ep-1-2`: that may be another fetch. */
const ENDS_IN_NAME = /[\p{L}\p{N}\p{M}_-]$/u
const BEGINS_IN_NAME = /^[\p{L}\p{N}\p{M}_-]/u
/** A number may stand for anything, unless it is as long as a time stamp. */
const PLAIN_NUMBER = /^\d{1,9}$/

/** Whether a database, or the files, could not be read in full: then what is missing there may have been there. */
const unread = (stock: Inventory, what: RegExp) => stock.cuts.some((cut) => what.test(cut))
const NO_FILES = /^(the private file system|only \d+ files)/
const noStore = ({ cuts }: Inventory, database: string) =>
  cuts.some(
    (cut) =>
      cut.startsWith(`database ${database} `) ||
      cut.startsWith(`database ${database}: `) ||
      cut.startsWith('IndexedDB can') ||
      /^\d+ (databases|stores of) /.test(cut),
  )

/** Whether a text speaks of the fetch: its id stands in it as a word of its own. */
export function mentions(text: string, id: string): boolean {
  if (text === id) return true
  if (id.length < MIN_ID) return false
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const before = text.slice(0, at)
    const after = text.slice(at + id.length)
    if (!ENDS_IN_NAME.test(before) && !BEGINS_IN_NAME.test(after)) return true
  }
  return false
}

/** Rows that are not in `before`, or all of them where there is no such; those are only read when they are few. */
export function newKeys(before: Inventory | null, present: Inventory, cuts: string[]): Wanted[] {
  const wanted: Wanted[] = []
  let left = MAX_NAMED
  for (const { database, store, keys } of present.stores) {
    const old = before?.stores.find((one) => one.database === database && one.store === store)
    // A store whose keys are not known on both sides can't be compared; the cut was said.
    if (!keys || (old && !old.keys)) continue
    if (before && !old && noStore(before, database)) {
      cuts.push(`${database}/${store} was not read before the fetch: it is not compared`)
      continue
    }
    const fresh = [...keys].filter(([text]) => !old?.keys?.has(text)).map(([, key]) => key)
    if (fresh.length > left)
      cuts.push(`${fresh.length - left} new rows of ${database}/${store} are not named`)
    const some = fresh.slice(0, left)
    left -= some.length
    if (some.length > 0) wanted.push({ database, store, keys: some })
  }
  return wanted
}

/** Files that are not in `before`, or have grown. */
export function newFiles(
  before: Inventory | null,
  first: Inventory | null,
  present: Inventory,
  id: string,
  cuts: string[],
): NewFile[] {
  const files: NewFile[] = []
  if (before && unread(before, NO_FILES)) {
    cuts.push('files were not all read before the fetch: they are not compared')
    return files
  }
  for (const [path, size] of present.files) {
    const old = before?.files.get(path)
    if (old !== undefined && size <= old) continue
    const related = mentions(path, id)
    const then = first?.files.get(path)
    const atFirstSight = then === undefined ? first !== null && unread(first, NO_FILES) : size <= then
    // What was there at first sight and does not speak of the fetch says nothing.
    if (!related && atFirstSight) continue
    if (files.length >= MAX_NAMED) {
      cuts.push(`only ${MAX_NAMED} new files are named`)
      break
    }
    files.push({ path: path.slice(0, 4000), size, related, atFirstSight })
  }
  return files
}

/** Gives the rows that were read their relation to the fetch. */
export function newRows(
  rows: readonly { database: string; store: string; key: string; value: string }[],
  first: Inventory | null,
  id: string,
): NewRow[] {
  const named = rows.map(({ database, store, key, value }) => {
    const then = first?.stores.find((one) => one.database === database && one.store === store)
    return {
      database: database.slice(0, 1000),
      store: store.slice(0, 1000),
      key: key.slice(0, 1000),
      value: value.slice(0, 2000),
      related: mentions(key, id) || (!PLAIN_NUMBER.test(id) && mentions(value, id)),
      // Where it can't be told, it may have been there.
      atFirstSight: then ? (then.keys?.has(key) ?? true) : first !== null && noStore(first, database),
    }
  })
  return named.filter(({ related, atFirstSight }) => related || !atFirstSight)
}

/** Counts beside what they were. */
export function counts(before: Inventory | null, present: Inventory): Pick<Stock, 'caches' | 'stores'> {
  return {
    caches: present.caches.map(({ name, count }) => ({
      name: name.slice(0, 1000),
      count,
      before: before ? (before.caches.find((one) => one.name === name)?.count ?? 0) : null,
    })),
    stores: present.stores.map(({ database, store, count }) => ({
      database: database.slice(0, 1000),
      store: store.slice(0, 1000),
      count,
      before: before
        ? (before.stores.find((one) => one.database === database && one.store === store)?.count ?? 0)
        : null,
    })),
  }
}
