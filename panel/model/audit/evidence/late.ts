import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import { t } from '../../../i18n/i18n'
import { duration } from '../../format'
import { endEventOf } from '../../session/ends/end-event'
import type { Fetch } from '../../session/view'
import { type Finding, findingOf } from '../finding'
import { mayHaveCome } from './bodies'
import { endedAt } from './handler'
import { mayBeHidden } from './hidden'
import { identityOf, isChanged, isContainer, isOfPages, labelOf, patternOf, placeOf, sizeOf } from './items'
import { goneIn, type Missing } from './later-look'
import { ownerOf } from './others'
import { isDeletedInPanel, type RemovedItemOf, removedAfterEvent, withoutOuter } from './removed-late'
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

const placeKey = (item: StorageItem): string => `${item.kind} ${placeOf(item).container}`

/** Stores, caches and folders that somebody wrote to while the fetch ran, and what is there now where only these items count. */
function busyPlaces({ snapshots }: Fetch, counts?: (item: StorageItem) => boolean): ReadonlySet<string> {
  const { started, settled, final, later } = snapshots
  const read = counts ? [started, settled, snapshots['event-ended'], final, later] : [started, settled]
  const written = read
    .flatMap((snapshot) => snapshot?.body.items ?? [])
    .filter((item) => item.change !== 'same' && !item.mentions && (counts?.(item) ?? true))
  return new Set(written.map(placeKey))
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
    return item.mentions || (waitedForNone && !busy.has(placeKey(item)))
  })
}

/** An item that changed after the event had ended. */
export interface LateItem {
  readonly item: StorageItem
  /** Since when it is missing; null where it is there, or came back. */
  readonly missing: Missing | null
}

/** What changed after the event had ended, where the storage was read twice since. */
export interface LateItems {
  /** What may be the handler's work. */
  readonly own: readonly LateItem[]
  /** What may as well have been changed for another fetch: one of the same ID, or one that has the same URL. */
  readonly shared: readonly StorageItem[]
  /** What names nothing and was removed: whether the handler did it is not known. */
  readonly unclear: readonly StorageItem[]
  /** What no handler can have removed: nothing listens to the event, or only pages have access to it. */
  readonly byPages: readonly StorageItem[]
}

const none: LateItems = { own: [], shared: [], unclear: [], byPages: [] }

/** Who removed an item after the event; null where nothing is to be said of it. */
function removerOf(
  fetch: Fetch,
  { item, isLater }: RemovedItemOf,
  busy: ReadonlySet<string>,
  isStored: boolean,
): 'own' | 'unclear' | 'byPages' | null {
  const traced = endEventOf(fetch)
  const waitedForNone = waitedForNothing(fetch)
  const success = fetch.attributes.result === 'success'
  // A site may do anything with what it has got, and a complete response may stay.
  if (success && (isLater || !item.mentions)) return null
  if (isLater && isStored && !waitedForNone) return null
  const unheard = traced?.dispatched.handlers === 0 && !traced.isPartial
  if (isOfPages(item) || unheard || fetch.unregisteredAt !== null) return 'byPages'
  if (item.mentions) return 'own'
  if (item.change === 'unknown') return null
  // One that had the event wait for a promise may have left another one out.
  return waitedForNone && !busy.has(placeKey(item)) ? 'own' : 'unclear'
}

/**
 * @param stored complete responses, which a fetch may leave
 */
export function lateItemsOf(
  fetch: Fetch,
  records: readonly FetchRecord[],
  stored: ReadonlyMap<StorageItem, unknown>,
): LateItems {
  const { final, later } = fetch.snapshots
  const ended = fetch.snapshots['event-ended']
  // What a new page does when it is loaded is no work of the handler.
  if (!final || final.next || final.byAnotherPage) return none
  const last = later ?? final
  const others = ofOtherIds(fetch, last.others)
  const isOfOther = (item: StorageItem) => ownerOf(item, others, records) !== null
  // What names none may be of any fetch that was not over.
  const until = (ended ?? final).at
  const isBeside = others.some((other) => (endedAt(other) ?? Number.POSITIVE_INFINITY) >= until)
  const isOwn = (item: StorageItem) =>
    mayHaveCome(records, item) && !isOfOther(item) && (item.mentions || !isBeside)
  const hasSameId = sameIdIn(fetch, last) !== undefined
  const isShared = (item: StorageItem) =>
    [final, ended].some((snapshot) => snapshot && sharedEntry(item, snapshot) !== null) ||
    (hasSameId && mayNameBoth(item, records))
  const removed = removedAfterEvent(fetch)
  const missing = new Map(removed.map((one) => [identityOf(one.item), one]))
  const changed = ended ? changedLate(fetch, ended.body, final.body).filter(isOwn) : []
  const own = new Map<string, LateItem>()
  const found = { shared: [] as StorageItem[], unclear: [] as StorageItem[], byPages: [] as StorageItem[] }
  for (const item of changed) {
    const one = missing.get(identityOf(item))
    if (!one && !isDeletedInPanel(fetch, item)) {
      if (isShared(item)) found.shared.push(item)
      else own.set(identityOf(item), { item, missing: null })
    }
  }
  const busy = busyPlaces(fetch, (item) => !missing.has(identityOf(item)))
  const late = new Set(changed.map(identityOf))
  const mayBeOwn = removed.filter(({ item }) => (item.mentions ? isOwn(item) : !isOfOther(item)))
  for (const one of withoutOuter(mayBeOwn)) {
    const { item } = one
    // What came late and is gone again is late work as well.
    const wroteLate = late.has(identityOf(item)) && one.isLater
    const by = wroteLate ? 'own' : removerOf(fetch, one, busy, stored.has(item))
    if (by === null) continue
    if (isShared(item)) found.shared.push(item)
    else if (by === 'own') own.set(identityOf(item), one)
    else found[by].push(item)
  }
  return { own: [...own.values()], ...found }
}

/** Since when an item is missing, as far as that is known. */
function missingText(item: StorageItem, { gone, from, until }: Missing, end: number | null): string {
  if (!gone) return t('found_reverted_late', labelOf(item))
  if (end === null) return t('found_removed_late', labelOf(item))
  const within = duration(Math.max(0, until - end))
  return from === null || from <= end
    ? t('found_removed_within', labelOf(item), within)
    : t('found_removed_between', labelOf(item), duration(from - end), within)
}

/** What is said of what changed late. */
export function lateFindings(fetch: Fetch, late: readonly LateItem[]): Finding[] {
  const second = fetch.snapshots.final?.body
  if (!second) return []
  const end = endedAt(fetch)
  const there = new Set(second.items.map(identityOf))
  const isGone = goneIn(second)
  return late.map(({ item, missing }) => {
    const pattern = `late ${patternOf(item, fetch.id)}`
    // What is gone, or as it was before, takes no bytes, and nothing of it is left to be deleted.
    if (missing) return findingOf('changed-after', { item: missingText(item, missing, end), pattern })
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
