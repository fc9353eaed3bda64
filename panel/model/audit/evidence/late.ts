import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import { t } from '../../../i18n/i18n'
import { endEventOf } from '../../session/ends/end-event'
import type { Fetch } from '../../session/view'
import { type Finding, findingOf } from '../finding'
import { mayBeHidden } from './hidden'
import { identityOf, isChanged, isContainer, isOfPages, labelOf, patternOf, placeOf, sizeOf } from './items'
import { goneIn } from './later-look'

const byIdentity = (items: readonly StorageItem[]) => new Map(items.map((item) => [identityOf(item), item]))

/** Items that are new or other in the second of two snapshots, or gone in it. */
export function changedBetween(first: StorageSnapshot, second: StorageSnapshot): StorageItem[] {
  const before = byIdentity(first.items)
  const after = byIdentity(second.items)
  const found: StorageItem[] = []
  for (const [identity, item] of after) {
    const then = before.get(identity)
    if (then ? isChanged(then, item) : item.change !== 'same' && !mayBeHidden(first, item)) found.push(item)
  }
  for (const [identity, item] of before) {
    if (item.mentions && !after.has(identity) && !mayBeHidden(second, item)) found.push(item)
  }
  return found.filter((item) => !isContainer(item) || item.mentions)
}

/** The handler let the browser wait for nothing: what it does, it does after its event. */
function waitedForNothing(fetch: Fetch): boolean {
  const traced = endEventOf(fetch)
  // Where nobody knows whether there is a handler, what changed may be the page's work.
  if (!traced?.dispatched.handlers || traced.isPartial) return false
  if (traced.counted.awaited > 0) return false
  return !traced.waited.some(({ given }) => given === 'promise' || given === 'thenable')
}

/** Stores, caches and folders that somebody wrote to while the fetch ran. */
function busyPlaces(fetch: Fetch): ReadonlySet<string> {
  const { started, settled } = fetch.snapshots
  const items = [...(started?.body.items ?? []), ...(settled?.body.items ?? [])]
  const written = items.filter(({ change, mentions }) => change !== 'same' && !mentions)
  return new Set(written.map((item) => `${item.kind} ${placeOf(item).container}`))
}

/**
 * What changed between the end of the event and a quiet moment later, and may be the handler's work: what names the
 * fetch; and anything where the handler waited for nothing, unless somebody wrote to that place before the end too.
 */
export function lateFindings(
  fetch: Fetch,
  first: StorageSnapshot,
  second: StorageSnapshot,
  concerns: (item: StorageItem) => boolean,
): Finding[] {
  const waitedForNone = waitedForNothing(fetch)
  const busy = busyPlaces(fetch)
  const there = new Set(second.items.map(identityOf))
  const isGone = goneIn(second)
  return changedBetween(first, second)
    .filter((item) => {
      if (isOfPages(item) || !concerns(item)) return false
      return item.mentions || (waitedForNone && !busy.has(`${item.kind} ${placeOf(item).container}`))
    })
    .map((item) => {
      const pattern = `late ${patternOf(item, fetch.id)}`
      // What is gone, or as it was before, takes no bytes, and nothing of it is left to be deleted.
      if (!there.has(identityOf(item))) {
        const key = isGone(item) ? 'found_removed_late' : 'found_reverted_late'
        return findingOf('changed-after', { item: t(key, labelOf(item)), pattern })
      }
      return findingOf('changed-after', {
        item: labelOf(item),
        pattern,
        bytes: sizeOf(item) ?? 0,
        stored: item,
      })
    })
}
