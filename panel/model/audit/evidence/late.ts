import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import { t } from '../../../i18n/i18n'
import { endEventOf } from '../../session/ends/end-event'
import type { Fetch } from '../../session/view'
import { type Finding, findingOf } from '../finding'
import { mayHaveCome } from './bodies'
import { mayBeHidden } from './hidden'
import { identityOf, isChanged, isContainer, isOfPages, labelOf, patternOf, placeOf, sizeOf } from './items'
import { goneIn } from './later-look'
import { ownerOf } from './others'
import { mayNameBoth, ofOtherIds, sameIdIn } from './same-id'
import { sharedEntry } from './shared-entries'

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
function changedLate(fetch: Fetch, first: StorageSnapshot, second: StorageSnapshot): StorageItem[] {
  const waitedForNone = waitedForNothing(fetch)
  const busy = busyPlaces(fetch)
  return changedBetween(first, second).filter((item) => {
    if (isOfPages(item)) return false
    return item.mentions || (waitedForNone && !busy.has(`${item.kind} ${placeOf(item).container}`))
  })
}

/** What changed after the event had ended, where the storage was read twice since. */
export interface LateItems {
  readonly own: readonly StorageItem[]
  /** What may as well have been changed for another fetch: one of the same ID, or one that has the same URL. */
  readonly shared: readonly StorageItem[]
}

export function lateItemsOf(fetch: Fetch, records: readonly FetchRecord[]): LateItems {
  const { final } = fetch.snapshots
  const ended = fetch.snapshots['event-ended']
  // What a new page does when it is loaded is no work of the handler.
  if (!ended || !final || final.next || final.byAnotherPage) return { own: [], shared: [] }
  const others = ofOtherIds(fetch, final.others)
  const late = changedLate(fetch, ended.body, final.body).filter(
    (item) => mayHaveCome(records, item) && ownerOf(item, others, records) === null,
  )
  const hasSameId = sameIdIn(fetch, final) !== undefined
  const isShared = (item: StorageItem) =>
    [final, ended].some((snapshot) => sharedEntry(item, snapshot) !== null) ||
    (hasSameId && mayNameBoth(item, records))
  return { own: late.filter((item) => !isShared(item)), shared: late.filter(isShared) }
}

/** What is said of what changed late. */
export function lateFindings(fetch: Fetch, late: readonly StorageItem[]): Finding[] {
  const second = fetch.snapshots.final?.body
  if (!second) return []
  const there = new Set(second.items.map(identityOf))
  const isGone = goneIn(second)
  return late.map((item) => {
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
