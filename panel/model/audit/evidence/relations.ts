import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../../session/view'
import { findUndatedResponses, type StoredResponse } from './complete'
import { isEmpty } from './empty'
import type { JudgedItem, Relation } from './evidence'
import { identityOf, isContainer, isOfPages, isWithin } from './items'
import { changedBetween } from './late'
import { isResponseOf, likeliestFirst, otherIdsIn, ownerOf } from './others'
import { isDeletedInPanel, isMissing } from './removed-late'
import { isFromBeforeArrival } from './room'
import { mayNameBoth, sameIdIn } from './same-id'
import { sharedEntry } from './shared-entries'

/** What was stored is said also where it was removed later. */
const mayBeMissing: ReadonlySet<Relation> = new Set(['stored', 'maybe-stored'])

/** Relates each item of a snapshot to the fetch; what is the same as before and does not name it is left out, and what was removed again without a success. */
export function judgeItems(
  fetch: Fetch,
  snapshot: Snapshot,
  records: readonly FetchRecord[],
  stored: ReadonlyMap<StorageItem, StoredResponse>,
): JudgedItem[] {
  const { body, others, next, missing } = snapshot
  const sameId = sameIdIn(fetch, snapshot)
  const late = lateItems(fetch, body)
  const undated = findUndatedResponses(body.items, records)
  const success = fetch.attributes.result === 'success'
  const isRemoved = (item: StorageItem) => isMissing(fetch, snapshot, item)
  const otherIds = otherIdsIn(fetch, snapshot)
  const judged: JudgedItem[] = []
  for (const item of body.items) {
    const owner = ownerOf(item, others, records)
    const found = stored.has(item) ? 'stored' : undated.has(item) ? 'maybe-stored' : null
    const entry = sharedEntry(item, snapshot)
    const isNamedTwice = sameId !== undefined && mayNameBoth(item, records)
    const relation = relationOf(item, found, {
      isOther: owner !== null,
      isShared: isNamedTwice || entry !== null,
      isOlder: entry?.older ?? false,
      isReused: next !== null,
    })
    if (relation && (mayBeMissing.has(relation) || success || !isRemoved(item))) {
      const [of] = relation === 'other' ? [owner] : relation === 'shared' ? [entry?.other ?? sameId] : []
      const identity = identityOf(item)
      judged.push({
        item,
        relation,
        owner: of?.id ?? '',
        ofOther: owner !== null && isResponseOf(owner, item),
        mayBeOf: mayBeOf(item, relation, owner?.id ?? '', fetch.id, otherIds),
        late: late.has(identity),
        gone: missing?.get(identity)?.gone ?? false,
        isDeleted: isDeletedInPanel(fetch, item),
        reverted: missing?.get(identity)?.gone === false,
        fromBefore: isFromBeforeArrival(fetch, item),
        empty: isEmpty(item, body) && !body.items.some((one) => isWithin(one, item) && !isRemoved(one)),
      })
    }
  }
  // What is in a new container says more than the container; the new version of a database says something else.
  const inner = judged
    .filter(({ item }) => (!isContainer(item) || item.change !== 'same') && (success || !isRemoved(item)))
    .map(({ item }) => item)
  return judged.filter(
    ({ item, relation }) =>
      relation === 'left' ||
      !isContainer(item) ||
      item.change === 'changed' ||
      !inner.some((one) => isWithin(one, item)),
  )
}

/** Which other fetches an item may belong to that is new, or names this one. */
function mayBeOf(
  item: StorageItem,
  relation: Relation,
  owner: string,
  id: string,
  otherIds: readonly string[],
): readonly string[] {
  if (relation === 'left') return owner === '' || owner === id ? [] : [owner]
  return relation === 'new' || relation === 'unsure' ? likeliestFirst(item, otherIds) : []
}

/**
 * It names the fetch, is known to be new or changed since the fetch began, and a worker can delete it: a handler could
 * have. What is older may belong to the site, as a cached image that is one of the requests.
 */
export const isForHandler = ({ item, relation }: JudgedItem): boolean =>
  relation === 'left' && (item.change === 'added' || item.change === 'changed') && !isOfPages(item)

/** What is not as it was when the event had ended, by identity. */
function lateItems({ snapshots }: Fetch, body: StorageSnapshot): ReadonlySet<string> {
  const { 'event-ended': ended, final, later } = snapshots
  const last = later?.body === body
  if (!ended || !final || (!last && final.body !== body)) return new Set()
  const changed = changedBetween(ended.body, final.body)
  if (last) changed.push(...changedBetween(final.body, body))
  return new Set(changed.map(identityOf))
}

function relationOf(
  item: StorageItem,
  found: 'stored' | 'maybe-stored' | null,
  is: Readonly<Record<'isOther' | 'isShared' | 'isOlder' | 'isReused', boolean>>,
): Relation | null {
  if (found === 'stored') return found
  if (is.isReused && (item.mentions || item.change !== 'same')) return 'unsure'
  // The handler may have stored it on purpose: whether it did, its age would tell.
  if (found) return found
  if (is.isOlder) return null
  if (is.isShared) return 'shared'
  if (item.mentions) return 'left'
  if (item.change === 'same') return null
  if (is.isOther) return 'other'
  return item.change === 'unknown' ? 'unsure' : 'new'
}
