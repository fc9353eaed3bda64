import type { FetchRecord } from '../../../protocol/attributes'
import type { StorageSnapshot } from '../../../protocol/storage-events'
import type { StorageItem } from '../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../view'
import { errorsStored, isError, mayHaveCome, shortBodies } from './bodies'
import { findKept, type Kept } from './complete'
import { type Finding, findingOf } from './finding'
import { type Growth, growthOf } from './growth'
import { endedAt, endFindings, handlerFindings, loggedFindings } from './handler'
import { isContainer, isWithin } from './items'
import { lateFindings } from './late'
import { ownerOf, removedOfNext } from './others'
import { type Outcome, outcomesOf, recordsOf } from './outcomes'
import type { Reason } from './reasons'

/**
 * How an item is related to the fetch. `kept`: a complete response of it. `left`: it names the fetch. `other`: it names
 * another fetch. `new`: added or changed, and neither. `unsure`: it may be new, or may be of the next fetch of the ID.
 */
type Relation = 'kept' | 'left' | 'other' | 'new' | 'unsure'

export interface JudgedItem {
  readonly item: StorageItem
  readonly relation: Relation
  /** The other fetch that it names; '' for none. */
  readonly owner: string
  /** It is not as it was when the event ended. */
  readonly late: boolean
}

/** All that a verdict is made of, as it was known at one moment: it never changes afterwards. */
export interface Evidence {
  readonly id: string
  readonly seenAt: number
  readonly success: boolean
  readonly unregistered: boolean
  /** The storage was read a quiet time after the end. */
  readonly final: boolean
  /** The storage was read after the end. */
  readonly compared: boolean
  readonly wrong: readonly Finding[]
  readonly items: readonly JudgedItem[]
  readonly growth: readonly Growth[]
  readonly outcomes: readonly Outcome[]
  readonly reasons: readonly Reason[]
  /** Bytes that had arrived. */
  readonly arrived: number
}

/** How far the clocks of page and worker may be apart, in milliseconds. */
const CLOCKS = 50

/** It has settled, or never will and has no handler any more: what is left of it is to be judged. */
export const isJudged = ({ settledAt, unregisteredAt }: Fetch): boolean =>
  settledAt !== null || unregisteredAt !== null

/** The storage was last read before the event was over, as of one that took very long: what came later is not known. */
export function isStale(fetch: Fetch): boolean {
  const basis = fetch.snapshots.final ?? fetch.snapshots['event-ended']
  const end = endedAt(fetch)
  return basis !== undefined && end !== null && basis.at + basis.body.took < end - CLOCKS
}

/** The last snapshot after the end that is not of the time when the ID was in use again, where there is one. */
function basisOf({ snapshots }: Fetch): Snapshot | undefined {
  const { final } = snapshots
  const ended = snapshots['event-ended']
  if (final?.next && ended && !ended.next) return ended
  return final ?? ended
}

function judgeItems(
  fetch: Fetch,
  { body, others, next }: Snapshot,
  records: readonly FetchRecord[],
  kept: ReadonlyMap<StorageItem, Kept>,
): JudgedItem[] {
  const late = fetch.snapshots.final
    ? new Set(fetch.snapshots['event-ended']?.body.items.map((one) => JSON.stringify(one)))
    : null
  const judged: JudgedItem[] = []
  for (const item of body.items) {
    const owner = ownerOf(item, others, records)
    const relation = relationOf(item, kept.has(item), owner !== null, next !== null)
    if (relation) {
      const isLate = late !== null && !late.has(JSON.stringify(item)) && item.change !== 'same'
      judged.push({ item, relation, owner: relation === 'other' ? (owner?.id ?? '') : '', late: isLate })
    }
  }
  // What is in a new container says more than the container.
  const inner = judged
    .filter(({ item }) => !isContainer(item) || item.change !== 'same')
    .map(({ item }) => item)
  return judged.filter(
    ({ item, relation }) =>
      relation === 'left' || !isContainer(item) || !inner.some((one) => isWithin(one, item)),
  )
}

function relationOf(item: StorageItem, isKept: boolean, isOther: boolean, reused: boolean): Relation | null {
  if (isKept) return 'kept'
  if (reused && (item.mentions || item.change !== 'same')) return 'unsure'
  if (item.mentions) return 'left'
  if (item.change === 'same') return null
  if (isOther) return 'other'
  return item.change === 'unknown' ? 'unsure' : 'new'
}

/** What is not known of the requests. */
function requestReasons({ requests }: Fetch): Reason[] {
  if (!requests || (requests.problem && requests.records.length === 0)) return [{ kind: 'requests' }]
  const { total, records } = requests
  return total > records.length ? [{ kind: 'requests-limit', unread: total - records.length, total }] : []
}

function storageReasons(
  { body, next }: Snapshot,
  judged: readonly JudgedItem[],
  records: readonly FetchRecord[],
  kept: ReadonlyMap<StorageItem, Kept>,
): Reason[] {
  const reasons: Reason[] = []
  const add = (kind: 'item-age' | 'error-age' | 'stored-size' | 'record-unknown', items: number) => {
    if (items > 0) reasons.push({ kind, items })
  }
  if (body.baseline === 'none') reasons.push({ kind: 'no-baseline' })
  if (body.baseline === 'first-seen') reasons.push({ kind: 'late-baseline' })
  if (next) reasons.push({ kind: 'id-reused' })
  const doubts = [...kept.values()]
  add(
    'item-age',
    next ? 0 : judged.filter(({ relation, item }) => relation === 'unsure' && !item.mentions).length,
  )
  add(
    'error-age',
    body.items.filter((item) => item.change === 'unknown' && isError(item) && mayHaveCome(records, item))
      .length,
  )
  add('stored-size', doubts.filter(({ doubt }) => doubt === 'size').length)
  add('record-unknown', doubts.filter(({ doubt }) => doubt === 'record').length)
  const shared = doubts.find(({ doubt }) => doubt === 'shared')
  if (shared?.item.kind === 'cache-entry') {
    const { url } = shared.item
    const count = records.filter(
      (record) => record.url.replace(/#.*$/s, '') === url.replace(/#.*$/s, ''),
    ).length
    reasons.push({ kind: 'shared-url', url, count: Math.max(2, count) })
  }
  if ((!body.usage || !body.usageBefore) && !body.gaps.some((gap) => 'area' in gap && gap.area === 'usage')) {
    reasons.push({ kind: 'usage-unknown' })
  }
  return reasons
}

function storageFindings(fetch: Fetch, body: StorageSnapshot, records: readonly FetchRecord[]): Finding[] {
  const success = fetch.attributes.result === 'success'
  const found = errorsStored(fetch, body.items, records)
  if (success) found.push(...shortBodies(fetch, body.items, records))
  return found
}

/** Gathers what is known of a fetch that has ended and whose storage was read, or can't be any more; null before. */
export function evidenceOf(fetch: Fetch): Evidence | null {
  if (!isJudged(fetch)) return null
  const basis = basisOf(fetch)
  if (!basis && !fetch.pageGone) return null
  const { snapshots, settledAt } = fetch
  const success = fetch.attributes.result === 'success'
  const final = snapshots.final !== undefined || (!basis && fetch.pageGone)
  const records = recordsOf(fetch)
  const items = basis?.body.items ?? null
  const kept = findKept(
    items?.filter(({ change }) => change === 'added' || change === 'changed') ?? [],
    records,
  )
  const judged = basis ? judgeItems(fetch, basis, records, kept) : []
  const left = judged.some(({ relation }) => relation === 'left')
  const outcomes = outcomesOf(fetch, records, items, kept)
  const wrong: Finding[] = []
  if (settledAt !== null)
    wrong.push(
      ...endFindings(fetch, snapshots.final !== undefined),
      ...handlerFindings(fetch, left && !success),
    )
  if (success && settledAt !== null) wrong.push(...unheardFindings(fetch, wrong, outcomes))
  if (basis) wrong.push(...storageFindings(fetch, basis.body, records))
  const ended = snapshots['event-ended']
  if (ended && snapshots.final && !snapshots.final.next) {
    const { others } = snapshots.final
    const concerns = (item: StorageItem) => mayHaveCome(records, item) && !ownerOf(item, others, records)
    wrong.push(...lateFindings(fetch, ended.body, snapshots.final.body, concerns))
  }
  wrong.push(...removedOfNext(fetch))
  if (settledAt !== null) wrong.push(...loggedFindings(fetch))
  const reasons: Reason[] = basis ? [...basis.body.gaps] : [{ kind: 'page-gone' }]
  if (basis) reasons.push(...storageReasons(basis, judged, records, kept))
  if (basis && snapshots.final?.next && !basis.next) reasons.push({ kind: 'id-reused' })
  reasons.push(...requestReasons(fetch))
  if (basis && settledAt !== null && endedAt(fetch) === null && fetch.state !== 'settled')
    reasons.push({ kind: 'end-unknown' })
  return {
    id: fetch.id,
    seenAt: fetch.seenAt,
    success,
    unregistered: fetch.unregisteredAt !== null,
    final,
    compared: basis !== undefined,
    wrong,
    items: judged,
    growth: basis ? growthOf(basis.body) : [],
    outcomes,
    reasons,
    arrived: fetch.arrived,
  }
}

/** A success that nothing listened to: what arrived is dropped with it. */
function unheardFindings(fetch: Fetch, found: readonly Finding[], outcomes: readonly Outcome[]): Finding[] {
  const [unheard] = fetch.events.filter(({ dispatched }) => dispatched.name === 'backgroundfetchsuccess')
  if (unheard?.dispatched.handlers !== 0 || found.some(({ rule }) => rule === 'no-handler')) return []
  return outcomes.some(({ record }) => record.method === 'GET') ? [findingOf('no-handler')] : []
}
