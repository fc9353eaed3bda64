import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../../session/view'
import { isAt } from './complete'
import type { JudgedItem } from './evidence'
import { mayBeHidden } from './hidden'
import { hasId, identityOf, labelOf } from './items'
import { goneIn } from './later-look'
import type { Reason } from './reasons'

/** A fetch of another registration that has the same ID and ran since the baseline of a snapshot; undefined for none. */
export const sameIdIn = (fetch: Fetch, { others }: Snapshot): Fetch | undefined =>
  others.find(({ id }) => id === fetch.id)

/** Fetches of another ID: what names one of them names no fetch of this ID by that. */
export const ofOtherIds = ({ id }: Fetch, others: readonly Fetch[]): readonly Fetch[] =>
  others.filter((other) => other.id !== id)

/** What is stored under the URL of a request names the fetch by that URL; all else may name another one of its ID as well. */
export const mayNameBoth = (item: StorageItem, records: readonly FetchRecord[]): boolean =>
  item.mentions && !(item.kind === 'cache-entry' && records.some((record) => isAt(item.url, record)))

/** It had not ended when a snapshot was taken. */
const ranAt = ({ settledAt, unregisteredAt, state }: Fetch, { at }: Snapshot): boolean => {
  const end = settledAt ?? unregisteredAt
  return end === null ? state !== 'gone' : end > at
}

/** It is known to be gone in a snapshot that was taken later. */
const isGoneIn = ({ body }: Snapshot, item: StorageItem): boolean =>
  !body.items.some((one) => identityOf(one) === identityOf(item)) && goneIn(body)(item)

/** What had the ID while both ran, and was gone when the event of one of them was over and the other one still ran. */
function goneBeside(
  fetch: Fetch,
  ended: Snapshot,
  other: Fetch,
  records: readonly FetchRecord[],
): StorageItem | undefined {
  if (!ranAt(other, ended)) return undefined
  const present = new Set(ended.body.items.map(identityOf))
  const itemsOf = (look: Snapshot | undefined) => look?.body.items ?? []
  // In the caches, other URLs are looked up for the other one.
  const ofOther = itemsOf(other.running.findLast(({ at }) => at <= ended.at)).filter(
    ({ kind }) => kind !== 'cache-entry',
  )
  return [...itemsOf(fetch.running.at(-1)), ...itemsOf(fetch.snapshots.settled), ...ofOther].find(
    (item) =>
      hasId(item, fetch.id) &&
      mayNameBoth(item, records) &&
      !present.has(identityOf(item)) &&
      !mayBeHidden(ended.body, item),
  )
}

/**
 * What can't be given to one of two fetches that have the same ID, of two registrations.
 *
 * @param late what changed after the event had ended, and may be of the other one
 */
export function sameIdReasons(
  fetch: Fetch,
  basis: Snapshot,
  judged: readonly JudgedItem[],
  records: readonly FetchRecord[],
  late: readonly StorageItem[],
): Reason[] {
  const reasons: Reason[] = []
  const { final } = fetch.snapshots
  const ended = fetch.snapshots['event-ended'] ?? final
  const other = (final && sameIdIn(fetch, final)) ?? sameIdIn(fetch, basis)
  if (!other) return []
  const { scope } = other
  const named = sameIdIn(fetch, basis)
    ? judged.filter(({ relation }) => relation === 'shared').map(({ item }) => item)
    : (final?.body.items ?? [])
  const changed = late.filter((item) => mayNameBoth(item, records))
  const removed = changed.filter((item) => final && ended && ranAt(other, ended) && isGoneIn(final, item))
  const both = new Map(
    [...named.filter((item) => mayNameBoth(item, records)), ...changed]
      .filter((item) => !removed.includes(item))
      .map((item) => [identityOf(item), item]),
  )
  const [first] = both.values()
  if (first) reasons.push({ kind: 'id-shared', scope, items: both.size, first: labelOf(first) })
  const gone = (ended && sameIdIn(fetch, ended) && goneBeside(fetch, ended, other, records)) ?? removed[0]
  if (gone) reasons.push({ kind: 'id-shared-gone', scope, first: labelOf(gone) })
  return reasons
}
