import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageChanged } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import { endEventOf } from '../../session/ends/end-event'
import type { Fetch } from '../../session/view'
import { mayHaveCome } from './bodies'
import { changedBetween } from './late'
import { ownerOf } from './others'
import { mayNameBoth, ofOtherIds, sameIdIn } from './same-id'

/** What was written before the listeners returned may be reported this much later, in milliseconds (22 ms were seen). */
const LATE_REPORT = 50

/**
 * What the browser reported to change is the cache or object store of this item. The deletion of a whole cache or database is reported
 * as a change of their list, which says nothing: the list of caches also changes when the browser drops the hidden one of the fetch.
 */
const isOf = ({ kind, name, store }: StorageChanged, item: StorageItem): boolean =>
  (item.kind === 'cache-entry' && kind === 'cache-content' && item.cache === name) ||
  (item.kind === 'row' && kind === 'indexeddb-content' && item.database === name && item.store === store)

/**
 * What names the fetch is not as it was while the fetch ran, and the browser reported a change of its place so long after the
 * listeners of the event had returned that it is none of before. What was written before that is no work that the event had to
 * wait for.
 */
export function hasChangedSinceReturn(fetch: Fetch, records: readonly FetchRecord[]): boolean {
  const { changes, snapshots, running } = fetch
  const returnedAt = endEventOf(fetch)?.returnedAt ?? null
  const before = running.at(-1) ?? snapshots.started
  const after = snapshots['event-ended']
  if (returnedAt === null || !before || !after || after.next) return false
  const others = ofOtherIds(fetch, after.others)
  const hasSameId = sameIdIn(fetch, after) !== undefined
  const since = changes.filter(({ at }) => at > returnedAt + LATE_REPORT)
  return changedBetween(before.body, after.body).some(
    (item) =>
      item.mentions &&
      mayHaveCome(records, item) &&
      !ownerOf(item, others, records) &&
      !(hasSameId && mayNameBoth(item, records)) &&
      since.some(({ change }) => isOf(change, item)),
  )
}
