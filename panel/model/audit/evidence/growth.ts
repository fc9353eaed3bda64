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

/** Items of a kind of storage that are new or changed. */
const writtenIn = ({ items }: StorageSnapshot, kinds: readonly StorageItem['kind'][]) =>
  items.filter((item) => kinds.includes(item.kind) && item.change !== 'same')

/** What it takes is not known. A row may be large without a Blob in it: its text is not counted. */
const hasUnknownSize = (items: readonly StorageItem[]) =>
  items.some((item) => item.kind === 'row' || sizeOf(item) === null)

/** Whether growth of a kind of storage would be found. */
export const isGrowthKnown = (snapshot: StorageSnapshot, of: string): boolean =>
  snapshot.usage !== null &&
  snapshot.usageBefore !== null &&
  areas.some(([area, , kinds]) => area === of && !hasUnknownSize(writtenIn(snapshot, kinds)))

/**
 * Growth of the bytes used that nothing explains. A new or changed item whose size is not known explains all of its
 * kind: it is listed as an item.
 */
export function growthOf(snapshot: StorageSnapshot): Growth[] {
  const { usage, usageBefore } = snapshot
  if (!usage || !usageBefore) return []
  const found: Growth[] = []
  for (const [area, name, kinds] of areas) {
    const grown = (usage.details[name] ?? 0) - (usageBefore.details[name] ?? 0)
    const written = writtenIn(snapshot, kinds)
    if (hasUnknownSize(written)) continue
    const bytes = grown - written.reduce((sum, item) => sum + (sizeOf(item) ?? 0), 0)
    if (bytes >= NOTICEABLE) found.push({ area, bytes })
  }
  return found
}
