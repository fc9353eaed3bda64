import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Snapshot } from '../../session/view'
import type { Growth } from './evidence'
import { identityOf, sizeOf } from './items'

/** Growth below this, in bytes, is bookkeeping of the browser. */
const NOTICEABLE = 200_000

/** The name of each kind in `navigator.storage.estimate().usageDetails`, and the items that are in it. */
const areas: readonly (readonly [Growth['area'], string, readonly StorageItem['kind'][]])[] = [
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
 * Bytes of the cache entries that other fetches of that time are known to have stored, and that are not looked up for this one: they
 * are under their URLs.
 */
function bytesOfOthers({ body, others }: Snapshot): number {
  const own = new Set(body.items.map(identityOf))
  const found = new Map<string, number>()
  for (const { snapshots, running } of others) {
    const { later, final, settled } = snapshots
    const { items } = (later ?? final ?? snapshots['event-ended'] ?? settled ?? running.at(-1))?.body ?? {}
    for (const item of items ?? []) {
      const isNew = item.change === 'added' || item.change === 'changed'
      const identity = identityOf(item)
      if (item.kind === 'cache-entry' && isNew && !own.has(identity)) found.set(identity, sizeOf(item) ?? 0)
    }
  }
  return [...found.values()].reduce((sum, size) => sum + size, 0)
}

/**
 * Growth of the bytes used that nothing explains. A new or changed item whose size is not known explains all of its
 * kind: it is listed as an item.
 */
export function growthOf(look: Snapshot): Growth[] {
  const snapshot = look.body
  const { usage, usageBefore } = snapshot
  if (!usage || !usageBefore) return []
  const found: Growth[] = []
  for (const [area, name, kinds] of areas) {
    const grown = (usage.details[name] ?? 0) - (usageBefore.details[name] ?? 0)
    const written = writtenIn(snapshot, kinds)
    if (hasUnknownSize(written)) continue
    const own = written.reduce((sum, item) => sum + (sizeOf(item) ?? 0), 0)
    const inCaches = bytesOfOthers(look) + (snapshot.deletedCaches?.grown ?? 0)
    const bytes = grown - own - (area === 'cache-storage' ? inCaches : 0)
    if (bytes >= NOTICEABLE) found.push({ area, bytes })
  }
  return found
}
