import type { Handle } from '../../../protocol/handle'
import { areaOf, areas, type Gap } from '../../../protocol/storage-gaps'
import type { RemovedItem, StorageItem } from '../../../protocol/storage-items'
import { covers } from './gaps'
import { type FetchNames, namedBy } from './mentions'
import type { Snapshot, Stored } from './stored'

/** How many items of one kind of storage a comparison lists. */
const MAX_LISTED = 200

export type Change = StorageItem['change']

/** An item with what a comparison found out. */
export interface Compared {
  readonly change: Change
  readonly mentions: boolean
  readonly item: StorageItem
}

/** The fetch that a comparison is made for. */
export interface Subject {
  readonly handle: Handle
  readonly names: FetchNames
  /** Where there is no baseline: a snapshot from before its event ended. What names the fetch and is not in it is newer. */
  readonly earlier?: Snapshot | null
}

/** What became of an item since the baseline. */
function changeOf(stored: Stored, before: Snapshot | null, { earlier }: Subject, mentions: boolean): Change {
  if (!before) {
    const isNewer = mentions && earlier && !earlier.items.has(keyIn(stored)) && covers(earlier.gaps, stored)
    return isNewer ? 'added' : 'unknown'
  }
  const old = before.items.get(keyIn(stored))
  if (!old) return covers(before.gaps, stored) ? 'added' : 'unknown'
  if (old.mark === null || stored.mark === null) return 'unknown'
  return old.mark === stored.mark ? 'same' : 'changed'
}

const keyIn = ({ kind, container, name, store }: Stored): string =>
  JSON.stringify([kind, container, store, name])

/** Texts by which an item can name a fetch: not the key's mark, which is no text of the site. */
function nameOf({ item, name }: Pick<Stored, 'item' | 'name'>): string {
  return item.kind === 'row' ? item.key : name
}

/** Whether an item names the fetch. */
const isNamed = (stored: Stored, { handle, names }: Subject): boolean =>
  namedBy(nameOf(stored), names) || stored.named.has(handle)

/** What differs between two snapshots, or names the fetch. */
export function compare(
  before: Snapshot | null,
  present: Snapshot,
  subject: Subject,
): { items: StorageItem[]; removed: RemovedItem[]; gaps: Gap[] } {
  const found: Compared[] = []
  for (const stored of present.items.values()) {
    const mentions = isNamed(stored, subject)
    const change = changeOf(stored, before, subject, mentions)
    if (change === 'same' && !mentions) continue
    // What may have changed unseen is in the gaps; listing all of a store would tell no more.
    if (change === 'unknown' && before?.items.has(keyIn(stored)) && !mentions) continue
    const { firstSeen, mayBeOlder } = stored
    found.push({ change, mentions, item: { ...stored.item, change, mentions, firstSeen, mayBeOlder } })
  }
  const { items, gaps } = listed(found)
  return { items, removed: removedFrom(before, present, subject), gaps }
}

/** The first of them of each kind of storage, those that name the fetch before the others. */
export function listed(found: readonly Compared[]): { items: StorageItem[]; gaps: Gap[] } {
  const items: StorageItem[] = []
  const gaps: Gap[] = []
  for (const area of areas) {
    const all = found.filter(({ item }) => areaOf[item.kind] === area)
    const sorted = [...all.filter(({ mentions }) => mentions), ...all.filter(({ mentions }) => !mentions)]
    items.push(...sorted.slice(0, MAX_LISTED).map(({ item }) => item))
    if (sorted.length > MAX_LISTED) {
      gaps.push({ kind: 'items-limit', area, unlisted: sorted.length - MAX_LISTED })
    }
  }
  return { items, gaps }
}

function removedFrom(before: Snapshot | null, present: Snapshot, subject: Subject): RemovedItem[] {
  const removed: RemovedItem[] = []
  for (const [key, stored] of before?.items ?? []) {
    if (present.items.has(key) || !covers(present.gaps, stored)) continue
    const { kind, container, store } = stored
    removed.push({
      kind,
      container: store ? `${container}/${store}` : container,
      name: nameOf(stored),
      mentions: isNamed(stored, subject),
    })
    if (removed.length >= MAX_LISTED) break
  }
  return removed
}

/** How many rows each object store holds, beside how many it held. */
export const rowCounts = (before: Snapshot | null, present: Snapshot) =>
  present.rows.map(({ database, store, count }) => ({
    area: 'indexeddb' as const,
    container: database,
    name: store,
    now: count,
    before: rowsBefore(before, database, store),
  }))

function rowsBefore(before: Snapshot | null, database: string, store: string): number | null {
  if (!before) return null
  const old = before.rows.find((one) => one.database === database && one.store === store)
  if (old) return old.count
  return covers(before.gaps, { kind: 'object-store', container: database, store: '' }) ? 0 : null
}
