import { areaOf } from '../../../protocol/storage-gaps'
import type { StorageItem } from '../../../protocol/storage-items'
import { basisOf } from '../audit/evidence/basis'
import { isAt, mayBeShort, promisedSize } from '../audit/evidence/complete'
import { isGrowthKnown } from '../audit/evidence/growth'
import { endedAt } from '../audit/evidence/handler'
import { mayHide } from '../audit/evidence/hidden'
import { hasId, identityOf, placeOf } from '../audit/evidence/items'
import { recordsOf } from '../audit/evidence/outcomes'
import type { Reason } from '../audit/evidence/reasons'
import { mayNameBoth } from '../audit/evidence/same-id'
import type { Finding } from '../audit/finding'
import { audit } from '../audit/verdict'
import { endEventOf } from '../session/ends/end-event'
import { withoutId } from './names'
import type { Side } from './side'

/** What makes it unknown of any item whether a fetch has left it. */
const HIDES_ALL: ReadonlySet<Reason['kind']> = new Set([
  'ended-early',
  'second-look',
  'id-reused',
  'end-unknown',
  'read-early',
])
/** What leaves open which entries of caches there are, but for those under the URLs of the fetch. */
const HIDES_ENTRIES: ReadonlySet<Reason['kind']> = new Set([
  'caches-not-listed',
  'entries-not-compared',
  'requests',
  'requests-limit',
])

/** Its storage was compared for good. */
function isCompared({ fetch, settings }: Side): boolean {
  return fetch.evidence?.compared === true && audit(fetch, settings)?.final === true
}

/** An item like it would be listed of the other fetch whatever its age: as it would name that one. */
function wouldName(item: StorageItem, one: Side, other: Side): boolean {
  if (!item.mentions) return false
  if (item.kind === 'cache-entry' && recordsOf(other.fetch).some((record) => isAt(item.url, record)))
    return true
  const identity = identityOf(item)
  return withoutId(identity, one) !== identity || hasId(item, one.fetch.id)
}

/** Of an item like it, it would not be known of the other fetch whether it is of that one: a third one has its name as well. */
function isSharedBy(reason: Reason, item: StorageItem, one: Side, other: Side): boolean {
  switch (reason.kind) {
    case 'entry-shared':
      return (
        item.kind === 'cache-entry' &&
        reason.urls.some((url) => withoutId(url, other) === withoutId(item.url, one))
      )
    case 'id-shared':
    case 'id-shared-gone': {
      const records = [one, other].flatMap(({ fetch }) => recordsOf(fetch))
      const isNamed = item.mentions || hasId(item, other.fetch.id)
      return mayNameBoth({ ...item, mentions: isNamed }, records)
    }
    default:
      return false
  }
}

/** It may have been there before the other fetch, which began later: that one may have written the same again. */
function mayBeFromBefore(item: StorageItem, one: Side, other: Side): boolean {
  if (one.fetch.storageKey !== other.fetch.storageKey || one.fetch.seenAt >= other.fetch.seenAt) return false
  const { container, name } = placeOf(item)
  const removed = basisOf(other.fetch)?.body.removed ?? []
  return !removed.some(
    (gone) => gone.kind === item.kind && gone.container === container && gone.name === name,
  )
}

/** Whether an item that one fetch has would have been found of the other, had it been there. */
export function wouldSeeItem(item: StorageItem, one: Side, other: Side): boolean {
  const basis = basisOf(other.fetch)
  const { evidence } = other.fetch
  if (!isCompared(other) || !basis || !evidence) return false
  const { gaps, baseline } = basis.body
  const { reasons } = evidence
  if (reasons.some((reason) => HIDES_ALL.has(reason.kind) || isSharedBy(reason, item, one, other)))
    return false
  const side = (gap: (typeof gaps)[number]) => ('side' in gap ? gap.side : 'now')
  if (gaps.some((gap) => side(gap) === 'now' && mayHide(gap, item))) return false
  if (areaOf[item.kind] === 'cache-storage' && reasons.some(({ kind }) => HIDES_ENTRIES.has(kind))) {
    const isLookedUp =
      item.kind === 'cache-entry' && recordsOf(other.fetch).some((record) => isAt(item.url, record))
    if (!isLookedUp) return false
  }
  if (wouldName(item, one, other)) return true
  if (baseline !== 'before' || gaps.some((gap) => side(gap) === 'baseline' && mayHide(gap, item)))
    return false
  return !mayBeFromBefore(item, one, other)
}

/** A response that is shorter than promised would have been found. */
function wouldSeeShort({ fetch }: Side): boolean {
  if (fetch.settledAt === null) return false
  if (fetch.attributes.result !== 'success') return true
  const { requests } = fetch
  if (!requests || requests.records.length < requests.total) return false
  return recordsOf(fetch).every(
    (record) => promisedSize(record) !== null && record.bodySize !== null && !mayBeShort(record),
  )
}

/** Whether something wrong that one fetch has would have been found of the other. */
export function wouldSeeFinding({ rule, stored, pattern }: Finding, one: Side, other: Side): boolean {
  const { fetch, settings } = other
  const traced = endEventOf(fetch)
  const isTraced =
    fetch.settledAt !== null && traced !== undefined && traced.doneAt !== null && !traced.isPartial
  switch (rule) {
    case 'handler-threw':
    case 'handler-rejected':
    case 'not-a-promise':
    case 'wait-until-late':
    case 'no-handler':
      return isTraced
    // It is found only with something in storage that goes with it.
    case 'wait-until-missing':
      return isTraced && isCompared(other)
    case 'error-logged':
      return isTraced && !traced.logIncomplete && !traced.errorsDropped && traced.shared.length === 0
    case 'event-timeout':
    case 'never-over':
      return endedAt(fetch) !== null
    case 'short-body':
    case 'range-dropped':
      return wouldSeeShort(other)
    case 'bytes-grew': {
      const basis = basisOf(fetch)
      return (
        isCompared(other) && basis !== undefined && isGrowthKnown(basis.body, pattern.replace('bytes ', ''))
      )
    }
    case 'nothing-stored':
      return isCompared(other) && audit(fetch, settings)?.kind !== 'unknown'
    case 'changed-after':
      if (!fetch.snapshots['event-ended'] || !fetch.snapshots.final) return false
      break
  }
  return stored ? wouldSeeItem(stored, one, other) : isCompared(other)
}
