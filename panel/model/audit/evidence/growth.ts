import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import { sizeOf } from './items'

type GrowthArea = 'cache-storage' | 'indexeddb' | 'files'

/** Bytes that an origin uses more than before the fetch, and no item that was read accounts for. */
export interface Growth {
  readonly area: GrowthArea
  readonly bytes: number
}

/** Growth below this, in bytes, is bookkeeping of the browser. */
const NOTICEABLE = 200_000

/** The name of each kind in `navigator.storage.estimate().usageDetails`, and the items that are in it. */
const areas: readonly (readonly [GrowthArea, string, readonly StorageItem['kind'][]])[] = [
  ['cache-storage', 'caches', ['cache-entry']],
  ['indexeddb', 'indexedDB', ['row']],
  ['files', 'fileSystem', ['file']],
]

/**
 * Growth of the bytes used that nothing explains. A new or changed item whose size is not known explains all of its
 * kind: it is listed as an item.
 */
export function growthOf({ usage, usageBefore, items }: StorageSnapshot): Growth[] {
  if (!usage || !usageBefore) return []
  const found: Growth[] = []
  for (const [area, name, kinds] of areas) {
    const grown = (usage.details[name] ?? 0) - (usageBefore.details[name] ?? 0)
    const visible = items.filter((item) => kinds.includes(item.kind) && item.change !== 'same')
    // A row may be large without a Blob in it: its text is not counted.
    if (visible.some((item) => item.kind === 'row' || sizeOf(item) === null)) continue
    const bytes = grown - visible.reduce((sum, item) => sum + (sizeOf(item) ?? 0), 0)
    if (bytes >= NOTICEABLE) found.push({ area, bytes })
  }
  return found
}
