import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import { mayBeHidden } from './hidden'
import { identityOf, isChanged } from './items'

const rank: Record<StorageSnapshot['baseline'], number> = { before: 2, 'first-seen': 1, none: 0 }

/** Whether a snapshot says less of what is new than another one: it was compared with a later baseline, or with none. */
export const saysLess = (snapshot: StorageSnapshot, than: StorageSnapshot): boolean =>
  rank[snapshot.baseline] < rank[than.baseline]

/**
 * What another page read after the first one had gone, joined to what that one knew: what was listed and is gone, or
 * other, and what names the fetch and was not there. What else is new since then is not known.
 */
export function withSecondLook(first: StorageSnapshot, second: StorageSnapshot): StorageSnapshot {
  const now = new Map(second.items.map((item) => [identityOf(item), item]))
  const then = new Set(first.items.map(identityOf))
  const known = first.items.flatMap((item): StorageItem[] => {
    const later = now.get(identityOf(item))
    if (!later) return mayBeHidden(second, item) ? [item] : []
    const { change, firstSeen, mayBeOlder } = item
    if (!isChanged(item, later)) return [item]
    return [{ ...later, change: change === 'same' ? 'changed' : change, firstSeen, mayBeOlder }]
  })
  const named = second.items
    .filter((item) => item.mentions && !then.has(identityOf(item)) && !mayBeHidden(first, item))
    .map((item): StorageItem => ({ ...item, change: 'added' }))
  const { baseline, baselineAt, removed, usageBefore } = first
  const gaps = second.gaps.filter(({ kind }) => kind !== 'caches-not-listed')
  return {
    ...second,
    baseline,
    baselineAt,
    removed,
    usageBefore,
    items: [...known, ...named],
    gaps: [...new Map([...first.gaps, ...gaps].map((gap) => [JSON.stringify(gap), gap])).values()],
  }
}
