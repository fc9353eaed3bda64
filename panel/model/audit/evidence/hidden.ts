import type { StorageSnapshot } from '../../../../protocol/storage-events'
import { type Area, areaOf, type Gap } from '../../../../protocol/storage-gaps'
import type { StorageItem } from '../../../../protocol/storage-items'

const areaOfCount: Record<Extract<Gap, { kind: 'count-limit' }>['of'], readonly Area[]> = {
  caches: ['cache-storage'],
  databases: ['indexeddb'],
  'object-stores': ['indexeddb'],
  files: ['files'],
  directories: ['files'],
  keys: ['local-storage', 'session-storage'],
  notifications: ['notifications'],
}

/** An item that a snapshot does not list may be there all the same, because of this gap. */
export function mayHide(gap: Gap, item: StorageItem): boolean {
  const area = areaOf[item.kind]
  switch (gap.kind) {
    case 'unreadable':
    case 'time-limit':
    case 'changed-while-read':
    case 'items-limit':
      return gap.area === area
    case 'count-limit':
      return areaOfCount[gap.of].includes(area)
    case 'urls-limit':
    case 'cache-large':
      return item.kind === 'cache-entry'
    case 'store-large':
    case 'values-not-compared':
    case 'contents-not-compared':
      // A value that was not read may name the fetch.
      return item.kind === 'row' && gap.database === item.database && gap.store === item.store
    case 'database-busy':
    case 'database-error':
      return (item.kind === 'row' || item.kind === 'object-store') && gap.database === item.database
    case 'caches-not-listed':
    case 'entries-not-compared':
    case 'buckets-not-read':
    case 'body-size':
      return false
  }
}

/** Whether an item that a snapshot does not list may have existed when it was taken. */
export const mayBeHidden = ({ gaps }: StorageSnapshot, item: StorageItem): boolean =>
  gaps.some((gap) => !('side' in gap && gap.side === 'baseline') && mayHide(gap, item))
