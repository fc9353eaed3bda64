import type { StorageChanged, StorageSnapshot } from '../../../../protocol/storage-events'
import type { Gap } from '../../../../protocol/storage-gaps'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch } from '../../session/view'
import type { Reason } from './reasons'

/** More caches and object stores that changed are not named. */
const MAX_NAMED = 20

/** What changed in this cache or object store may not have been read, because of this gap. */
function mayHide(gap: Gap, { kind, name, store }: StorageChanged): boolean {
  if ('side' in gap && gap.side === 'baseline') return false
  const area = kind === 'cache-content' ? 'cache-storage' : 'indexeddb'
  switch (gap.kind) {
    case 'unreadable':
    case 'time-limit':
    case 'items-limit':
      return gap.area === area
    case 'changed-while-read':
      return gap.area === area && (gap.container === '' || gap.container === name)
    case 'count-limit':
      return area === 'cache-storage' ? gap.of === 'caches' : /^(databases|object-stores)$/.test(gap.of)
    case 'caches-not-listed':
    case 'entries-not-compared':
    case 'urls-limit':
      return area === 'cache-storage'
    case 'cache-large':
      return area === 'cache-storage' && gap.cache === name
    case 'database-busy':
    case 'database-error':
      return area === 'indexeddb' && gap.database === name
    case 'store-large':
    case 'values-not-compared':
    case 'contents-not-compared':
      return area === 'indexeddb' && gap.database === name && gap.store === store
    case 'buckets-not-read':
    case 'body-size':
      return false
  }
}

/** Whether an item that is in it was found new or changed, or is gone. */
function isShown({ items, removed }: StorageSnapshot, { name, store }: StorageChanged): boolean {
  const container = store === '' ? name : `${name}/${store}`
  const isIn = (item: StorageItem) =>
    (item.kind === 'cache-entry' && store === '' && item.cache === name) ||
    (item.kind === 'row' && item.database === name && item.store === store)
  return (
    items.some((item) => item.change !== 'same' && isIn(item)) ||
    removed.some((one) => one.container === container)
  )
}

/**
 * Whether what changed may not have been read. Where bytes are those of deleted caches as far as their sizes say it, a change in another
 * cache may be an entry that takes as many as one of them.
 */
const mayBeHidden = ({ gaps, deletedCaches }: StorageSnapshot, change: StorageChanged): boolean =>
  gaps.some((gap) => mayHide(gap, change)) ||
  (change.kind === 'cache-content' &&
    deletedCaches !== undefined &&
    !deletedCaches.names.includes(change.name))

/**
 * Caches and object stores that the browser reported to change while the event was handled or right after, of which what
 * changed was not read.
 */
export function unreadChanges(fetch: Fetch, body: StorageSnapshot | null): Reason[] {
  const { changes, settledAt } = fetch
  const first = new Map<string, Reason>()
  for (const { at, change } of changes) {
    if (settledAt === null || (change.kind !== 'cache-content' && change.kind !== 'indexeddb-content'))
      continue
    if (body && (isShown(body, change) || !mayBeHidden(body, change))) continue
    const key = JSON.stringify([change.kind, change.name, change.store])
    const after = Math.max(0, at - settledAt)
    if (!first.has(key)) first.set(key, { kind: 'changed-unread', change, after })
  }
  return [...first.values()].slice(0, MAX_NAMED)
}

/**
 * An entry that came into another cache may take as many bytes as a deleted cache that the browser still counts: only where changes of
 * caches were reported while the event was handled, as the deletion itself is, would that be known.
 */
export function deletedCachesReasons({ changes }: Fetch, body: StorageSnapshot | null): Reason[] {
  const deleted = body?.deletedCaches
  if (!deleted || deleted.alone || deleted.bytes === 0) return []
  const reported = changes.some(
    ({ change }) => change.kind === 'cache-list' || change.kind === 'cache-content',
  )
  return reported ? [] : [{ kind: 'caches-not-listed', grown: deleted.bytes }]
}
