import type { FetchRecord } from '../../../../protocol/attributes'
import type { RemovedItem, StorageItem } from '../../../../protocol/storage-items'
import { hasWord } from '../../../../protocol/words'
import type { Fetch, Snapshot } from '../../session/view'
import { type Finding, findingOf } from '../finding'
import { isAt } from './complete'
import { mayBeHidden } from './hidden'
import { hasId, identityOf, isChanged, labelOf, namesOf } from './items'
import { suggestRule } from './matching'

/** An item is known to be a response of this fetch, as it was when that was judged. */
export const isResponseOf = ({ evidence }: Fetch, item: StorageItem): boolean =>
  (evidence?.responses ?? []).some(
    (one) => identityOf(one) === identityOf(item) && !isChanged(one, item) && !isChanged(item, one),
  )

/** An item that names another fetch of the origin or is a response of it, and that one; null where there is none. */
export function ownerOf(
  item: StorageItem,
  others: readonly Fetch[],
  records: readonly FetchRecord[],
): Fetch | null {
  const brought = ({ requests }: Fetch) =>
    item.kind === 'cache-entry' &&
    !records.some((record) => isAt(item.url, record)) &&
    (requests?.records ?? []).some((record) => isAt(item.url, record))
  const named = others.find((other) => hasId(item, other.id) || brought(other))
  return named ?? others.find((other) => isResponseOf(other, item)) ?? null
}

/** A snapshot would list this item, which names an ID, and does not: it was not there. Entries are looked up by URL only. */
const lacks = ({ body }: Snapshot, item: StorageItem, id: string): boolean =>
  item.kind !== 'cache-entry' &&
  hasId(item, id) &&
  !mayBeHidden(body, item) &&
  !body.items.some((one) => identityOf(one) === identityOf(item))

/**
 * Whether an item that names the ID is known to have been written for the next fetch: it was not there after the end of the
 * one before, or is not as it was when the next one had begun. Else it may be of the one before, whose handler may delete it.
 */
function isOfNext(fetch: Fetch, next: Fetch, look: Snapshot, item: StorageItem): boolean {
  const end = fetch.settledAt ?? fetch.unregisteredAt
  const { baselineAt } = look.body
  if (end === null) return false
  if (baselineAt !== null && item.change === 'added' && baselineAt >= end) return true
  if (baselineAt !== null && item.change === 'changed' && baselineAt >= next.seenAt) return true
  const { settled } = fetch.snapshots
  if (settled && settled.at < look.at && lacks(settled, item, fetch.id)) return true
  return next.running.some((earlier) => {
    if (earlier.at >= look.at || earlier.body.baselineAt !== baselineAt) return false
    const before = earlier.body.items.find((one) => identityOf(one) === identityOf(item))
    return before ? isChanged(before, item) : lacks(earlier, item, fetch.id)
  })
}

/**
 * What was written for the next fetch of the same ID, and is gone while it runs and the event of this one was handled: it was
 * most likely deleted by the ID.
 */
export function removedOfNext(fetch: Fetch): Finding[] {
  const ended: Snapshot | undefined = fetch.snapshots['event-ended'] ?? fetch.snapshots.final
  const next = ended?.next
  if (!ended || !next || (next.settledAt !== null && next.settledAt <= ended.at)) return []
  const begun = next.running.filter(({ at }) => at <= ended.at).at(-1)
  if (!begun) return []
  const present = new Set(ended.body.items.map(identityOf))
  // Of the caches only the URLs of this fetch were looked up.
  const wasRead = (item: StorageItem) =>
    !mayBeHidden(ended.body, item) &&
    (item.kind !== 'cache-entry' || (fetch.requests?.records ?? []).some((record) => isAt(item.url, record)))
  return begun.body.items
    .filter(
      (item) =>
        item.mentions &&
        !present.has(identityOf(item)) &&
        wasRead(item) &&
        isOfNext(fetch, next, begun, item),
    )
    .map((item) => findingOf('removed-next', { item: labelOf(item), stored: item }))
}

const CONTAINERS: ReadonlySet<RemovedItem['kind']> = new Set([
  'cache',
  'database',
  'object-store',
  'directory',
])

/** What a snapshot's baseline had, what is gone, and what names neither the fetch nor another one of that time. */
export function removedOfNobody({ body, others }: Snapshot): readonly RemovedItem[] {
  const open = body.removed.filter(
    ({ mentions, name }) => !mentions && !others.some(({ id }) => hasWord(name, id)),
  )
  // What was in a container says more than the container.
  const inner = open.filter(({ kind }) => !CONTAINERS.has(kind))
  return inner.length > 0 ? inner : open
}

/** IDs of other fetches, those first that share a part with what an item is called. */
export function likeliestFirst(item: StorageItem, ids: readonly string[]): readonly string[] {
  const isLike = (id: string) => namesOf(item).some((name) => suggestRule(id, name) !== null)
  const like = ids.filter(isLike)
  return [...like, ...ids.filter((id) => !like.includes(id))]
}

/** IDs of other fetches that ran since the baseline of a snapshot, each once. */
export const otherIdsIn = ({ id }: Fetch, { others }: Snapshot): readonly string[] => [
  ...new Set(others.map((other) => other.id).filter((one) => one !== id)),
]
