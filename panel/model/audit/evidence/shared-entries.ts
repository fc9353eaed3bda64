import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Sharing, Snapshot } from '../../session/view'
import { pausedSinceEnd } from '../../workers/pauses'
import { mayHaveCome } from './bodies'
import { withoutHash } from './complete'
import type { JudgedItem } from './evidence'
import { endedAt } from './handler'
import { mayBeHidden } from './hidden'
import { identityOf, labelOf, placeOf } from './items'
import type { Reason } from './reasons'

/** Entries under the URL of a request: other fetches may have that URL, too. */
const entriesIn = (items: readonly StorageItem[]): readonly StorageItem[] =>
  items.filter(({ kind, mentions }) => kind === 'cache-entry' && mentions)

type ByUrl = ReadonlyMap<string, readonly FetchRecord[]>

const byUrl = new WeakMap<object, ByUrl>()

/** Records by the URLs that their responses may be stored under, made once for each list of them. */
function recordsByUrl(key: object, records: Iterable<FetchRecord>): ByUrl {
  const known = byUrl.get(key)
  if (known) return known
  const found = new Map<string, FetchRecord[]>()
  for (const record of records) {
    for (const url of new Set([record.url, record.responseUrl || record.url].map(withoutHash))) {
      const others = found.get(url)
      if (others) others.push(record)
      else found.set(url, [record])
    }
  }
  byUrl.set(key, found)
  return found
}

/** Another response came for a fetch. */
export const forgetUrls = ({ answered }: Fetch): boolean => byUrl.delete(answered)

/** A fetch that has not failed brought a response that may be what is stored, as far as its requests are known. */
function broughtBy({ attributes, requests, answered }: Fetch, item: StorageItem): boolean {
  if (item.kind !== 'cache-entry' || attributes.result === 'failure') return false
  const url = withoutHash(item.url)
  const read = requests ? (recordsByUrl(requests, requests.records).get(url) ?? []) : []
  const came = recordsByUrl(answered, answered.values()).get(url) ?? []
  return [read, came].some((records) => records.length > 0 && mayHaveCome(records, item))
}

const identities = new WeakMap<StorageSnapshot, ReadonlySet<string>>()

/** Whether an item was there when the storage was last read for a fetch; undefined where that is not known. */
function wasThere({ snapshots }: Fetch, item: StorageItem): boolean | undefined {
  const last = snapshots.later ?? snapshots.final
  if (!last || mayBeHidden(last.body, item)) return undefined
  const known = identities.get(last.body) ?? new Set(last.body.items.map(identityOf))
  identities.set(last.body, known)
  return known.has(identityOf(item))
}

/** The browser ends an event before it takes this long, in milliseconds. */
const LONGEST_EVENT = 360_000

/** It has ended before the storage was as another fetch is compared with it, its event too. */
function endedBefore(fetch: Fetch, at: number | null): boolean {
  if (at === null) return false
  const over = endedAt(fetch)
  if (over !== null) return over < at
  const { state, settledAt, unregisteredAt, goneAt } = fetch
  const end = settledAt ?? unregisteredAt ?? goneAt
  if (end === null || (state !== 'over' && state !== 'gone')) return false
  // The end of its event was not observed.
  const { ms, still, more } = pausedSinceEnd(fetch, at)
  return !still && !more && end + ms + LONGEST_EVENT < at
}

/** Of fetches that have ended, so many are remembered for an entry: what an earlier one had stored, these have found as well. */
const MAX_ENDED = 3

const isNew = ({ change }: StorageItem): boolean => change === 'added' || change === 'changed'

/** @param fetches others of the origin, in the order in which they were seen */
export function sharingOf({ items, baselineAt }: StorageSnapshot, fetches: readonly Fetch[]): Sharing {
  const running: Fetch[] = []
  const ended = new Map<string, Fetch[]>()
  const open = new Map(entriesIn(items).map((item) => [identityOf(item), item]))
  if (open.size === 0) return { running, ended }
  for (const other of fetches.toReversed()) {
    if (other.settledAt === null && other.state !== 'gone') {
      running.push(other)
      continue
    }
    const isEarlier = endedBefore(other, baselineAt)
    for (const [identity, item] of open) {
      if ((isEarlier && isNew(item)) || !broughtBy(other, item) || wasThere(other, item) === false) continue
      const found = ended.get(identity) ?? []
      ended.set(identity, found)
      if (found.push(other) === MAX_ENDED) open.delete(identity)
    }
  }
  return { running, ended }
}

/** What is known of an entry that another fetch may have stored, and that one. */
export interface SharedEntry {
  readonly other: Fetch
  /** It is as it was before this fetch: the other one has left it there. */
  readonly older: boolean
}

/** An entry under the URL of a request that another fetch has as well and may have stored; null for any other item. */
export function sharedEntry(item: StorageItem, { body, sharing }: Snapshot): SharedEntry | null {
  if (entriesIn([item]).length === 0) return null
  const others = [...(sharing.ended.get(identityOf(item)) ?? []), ...sharing.running]
  let first: SharedEntry | null = null
  for (const other of others) {
    if (!broughtBy(other, item)) continue
    const there = wasThere(other, item)
    if (there === false || (isNew(item) && endedBefore(other, body.baselineAt))) continue
    if (there === true && item.change === 'same' && body.baseline === 'before') return { other, older: true }
    first ??= { other, older: false }
  }
  return first
}

/**
 * Which entries can't be distinguished from those of other fetches.
 *
 * @param late what changed after the event had ended, and may be of another fetch
 */
export function sharedEntryReasons(
  { snapshots }: Fetch,
  basis: Snapshot,
  judged: readonly JudgedItem[],
  late: readonly StorageItem[],
): Reason[] {
  const found = new Map<string, { readonly item: StorageItem; readonly id: string }>()
  for (const { item, relation, owner } of judged) {
    if (relation === 'shared' && sharedEntry(item, basis)) found.set(identityOf(item), { item, id: owner })
  }
  for (const item of late) {
    for (const snapshot of [snapshots.final, snapshots['event-ended']]) {
      const entry = snapshot && sharedEntry(item, snapshot)
      if (entry && !found.has(identityOf(item))) found.set(identityOf(item), { item, id: entry.other.id })
    }
  }
  const [first] = found.values()
  if (!first) return []
  const urls = [...found.values()].map(({ item }) => placeOf(item).name)
  return [{ kind: 'entry-shared', id: first.id, items: found.size, first: labelOf(first.item), urls }]
}
