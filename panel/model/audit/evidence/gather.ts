import type { StorageSnapshot } from '../../../../protocol/storage-events'
import { endEventOf } from '../../session/ends/end-event'
import type { Fetch, Snapshot, TracedEvent } from '../../session/view'
import { mayBeItsOwn } from '../../workers/errors/shared-errors'
import { mayHaveThrown } from '../../workers/errors/stray-exceptions'
import { basisOf, isJudged } from './basis'
import { findStoredResponses } from './complete'
import type { Evidence } from './evidence'
import { growthOf } from './growth'
import { endedAt, loggedFindings } from './handler'
import { requestReasons, storageReasons } from './incomplete'
import { labelOf } from './items'
import { lateItemsOf } from './late'
import { withoutLimited } from './limited'
import { otherIdsIn, removedOfNobody } from './others'
import { outcomesOf, recordsOf } from './outcomes'
import type { Reason } from './reasons'
import { isForHandler, judgeItems } from './relations'
import { isMissing, without } from './removed-late'
import { sameIdReasons } from './same-id'
import { sharedEntryReasons } from './shared-entries'
import { deletedCachesReasons, unreadChanges } from './unread-changes'
import { findWrong } from './wrong'

/** How long after the end of its event the last change was seen that the storage was read for. */
function changedAfter({ snapshots: { later } }: Fetch, end: number | null): number | null {
  return later && end !== null ? Math.max(0, (later.body.changedAt ?? later.at) - end) : null
}

/** Errors that may be of its handler. Of several the first, as a reader looks for it: it may say what went wrong. */
function strayReasons(fetch: Fetch): readonly Reason[] {
  const reasons: Reason[] = []
  const [first, ...more] = mayHaveThrown(fetch)
  if (first) reasons.push({ kind: 'may-have-thrown', errors: 1 + more.length, first: first.message })
  const traced = endEventOf(fetch)
  if (!traced) return reasons
  const { thrown, logged } = mayBeItsOwn(traced, fetch.overAt)
  const [threw] = thrown
  const [wrote] = logged
  if (threw)
    reasons.push({ kind: 'may-have-thrown', errors: thrown.length, first: threw.message, shared: true })
  if (wrote) reasons.push({ kind: 'may-have-logged', errors: logged.length, first: wrote.message })
  return reasons
}

/** There were errors of its handler, or that may be of it, and none of those is left that were kept. */
function onlyDropped(fetch: Fetch, traced: TracedEvent): boolean {
  if (!traced.errorsDropped || traced.threw || loggedFindings(fetch).length > 0) return false
  const { thrown, logged } = mayBeItsOwn(traced, fetch.overAt)
  return thrown.length + logged.length === 0
}

/** What a snapshot lists, without what is known of the one before only. */
const present = (fetch: Fetch, snapshot: Snapshot): StorageSnapshot => ({
  ...snapshot.body,
  items: snapshot.body.items.filter((item) => !isMissing(fetch, snapshot, item)),
})

/** Gathers what is known of a fetch that has ended and whose storage was read, or can't be any more; null before. */
export function evidenceOf(fetch: Fetch): Evidence | null {
  if (!isJudged(fetch)) return null
  const basis = basisOf(fetch)
  if (!basis && !fetch.auditLost) return null
  const { snapshots, settledAt } = fetch
  const success = fetch.attributes.result === 'success'
  // Of a fetch that no page has listed, a page may still read the storage.
  const final = snapshots.final !== undefined || (fetch.auditLost !== null && fetch.auditLost !== 'unlisted')
  const records = recordsOf(fetch)
  const items = basis?.body.items ?? null
  const stored = findStoredResponses(
    items?.filter(({ change }) => change === 'added' || change === 'changed') ?? [],
    records,
  )
  const judged = basis ? judgeItems(fetch, basis, records, stored) : []
  const late = lateItemsOf(fetch, records, stored)
  const left = judged.some(isForHandler)
  const outcomes = outcomesOf(fetch, records, basis?.body ?? null, stored)
  const limited = withoutLimited(fetch, findWrong(fetch, basis, records, outcomes, late.own, left))
  const reasons: Reason[] = [...strayReasons(fetch), ...(basis?.body.gaps ?? [])]
  if (fetch.auditLost && !snapshots.final)
    reasons.push({ kind: 'ended-early', why: fetch.auditLost, final: basis !== undefined })
  reasons.push(...deletedCachesReasons(fetch, basis?.body ?? null))
  if (basis) reasons.push(...storageReasons(basis, fetch.unlisted, judged, records, stored))
  if (basis && snapshots.final?.next && !basis.next) reasons.push({ kind: 'id-reused' })
  if (basis) {
    reasons.push(...sameIdReasons(fetch, basis, judged, records, late.shared))
    reasons.push(...sharedEntryReasons(fetch, basis, judged, late.shared))
  }
  // What stays found, or is a finding, is not said to be removed as well.
  const told = [...late.own, ...judged.filter(({ gone }) => gone)].map(({ item }) => item)
  const removed = basis ? without(removedOfNobody(basis), told) : []
  const unclear = without(late.unclear, removed)
  const [first] = unclear
  if (first) reasons.push({ kind: 'removed-late', items: unclear.length, first: labelOf(first) })
  reasons.push(...requestReasons(fetch))
  const end = endedAt(fetch)
  const unseen = end === null && fetch.state !== 'settled' && !fetch.isReleasedEarly
  if (basis && settledAt !== null && (unseen || fetch.unregisteredAt !== null))
    reasons.push({ kind: 'end-unknown' })
  if (basis && fetch.isReleasedEarly && (end === null || basis.at < end)) reasons.push({ kind: 'read-early' })
  const traced = endEventOf(fetch)
  if (traced && (traced.logIncomplete || traced.isPartial || onlyDropped(fetch, traced)))
    reasons.push({ kind: 'log-incomplete' })
  reasons.push(...limited.reasons, ...unreadChanges(fetch, basis?.body ?? null))
  return {
    id: fetch.id,
    seenAt: fetch.seenAt,
    success,
    aborted: fetch.attributes.failureReason === 'aborted',
    unregistered: fetch.unregisteredAt !== null,
    final,
    compared: basis !== undefined,
    wrong: limited.wrong,
    items: judged,
    removed,
    removedLate: without(late.byPages, removed),
    growth: basis ? growthOf({ ...basis, body: present(fetch, basis) }) : [],
    outcomes,
    responses: [...stored.values()].filter(({ doubt }) => doubt === null).map(({ item }) => item),
    otherIds: basis ? otherIdsIn(fetch, basis) : [],
    reasons,
    baselineAge: basis && basis.body.baselineAt !== null ? fetch.seenAt - basis.body.baselineAt : null,
    changedAfter: changedAfter(fetch, end),
    readAfter: basis && end !== null ? Math.max(0, basis.at - end) : null,
    arrived: fetch.arrived,
  }
}
