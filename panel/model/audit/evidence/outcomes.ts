import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch } from '../../session/view'
import {
  areSame,
  findUndatedResponses,
  isAt,
  isDropped,
  isLess,
  isShared,
  isUnreadable,
  promisedSize,
  type StoredResponse,
  sharedUrls,
  withoutHash,
} from './complete'
import type { EqualResponses, Outcome, OutcomeKind } from './evidence'
import { placeOf } from './items'

/** All that says of a stored response that it is one is its URL and its size. */
export const isByUrl = ({ record, items }: Outcome): boolean =>
  items.length > 0 && items.every((item) => item.kind === 'cache-entry' && !areSame(record, item))

/** Where an item is, named as in "6 MB in OPFS movie.bin". */
export function whereText(item: StorageItem): string {
  const { container, name } = placeOf(item)
  if (item.kind === 'file') return `OPFS ${name}`
  return item.kind === 'row' ? `${container}: ${name}` : container
}

/** Requests as they were read, with the responses that were seen to come to those that had none then. */
export function withResponses({ answered }: Fetch, records: readonly FetchRecord[]): FetchRecord[] {
  const came = [...answered.values()]
  return records.map((record) => {
    const open = record.state === 'pending' || record.state === 'unknown'
    // Another reading may give the records in another order.
    const same = open ? came.filter(({ url, method }) => url === record.url && method === record.method) : []
    const [only] = same
    return only && same.length === 1 ? { ...only, index: record.index } : record
  })
}

/**
 * The requests of a fetch as they are known when it has ended: what the page read at the end, and the responses that
 * were seen to come before. Nothing is pending any more then.
 */
export function recordsOf(fetch: Fetch): FetchRecord[] {
  const ended = fetch.settledAt !== null
  const records = withResponses(fetch, fetch.requests?.records ?? []).map(
    (record): FetchRecord => (record.state === 'pending' && ended ? { ...record, state: 'failed' } : record),
  )
  return records.map((record) => countedBody(fetch, record))
}

/** Stored since the fetch began under the URL of a request, with fewer bytes than the headers promised. */
function isShortOf(item: StorageItem, record: FetchRecord): boolean {
  if (item.kind !== 'cache-entry' || !isAt(item.url, record) || item.status !== record.status) return false
  const isNew = item.change === 'added' || item.change === 'changed'
  return isNew && item.size !== null && (isLess(item.size, record) || (isDropped(record) && item.size === 0))
}

/**
 * The response of a success that has one request, with the bytes that the browser counted where the body could not be read
 * and fewer came than its headers promised, or these promised nothing that can be compared.
 */
function countedBody({ attributes, requests }: Fetch, record: FetchRecord): FetchRecord {
  const { result, downloaded } = attributes
  const isOnly = requests?.total === 1 && result === 'success' && record.state === 'ready'
  if (!isOnly || record.bodySize !== null) return record
  const counted = { ...record, bodySize: downloaded }
  const promised = promisedSize(record)
  const isCounted = promised === null ? downloaded > 0 : downloaded < promised
  return isCounted || isDropped(counted) ? counted : record
}

/** What is known of a response and those that are equal, where some of them are stored and not all. */
function equalOf(
  record: FetchRecord,
  found: readonly ReadonlyMap<StorageItem, StoredResponse>[],
): EqualResponses | null {
  const stored = found.flatMap((one) => [...one.values()]).filter(({ alike }) => alike?.includes(record))
  const alike = stored[0]?.alike
  if (!alike) return null
  const records = new Set(stored.flatMap((one) => one.records).filter((one) => alike.includes(one)))
  return { stored: records.size, all: alike.length, items: stored.map(({ item }) => item) }
}

/** What became of each request, as far as the storage that was read says it. */
export function outcomesOf(
  fetch: Fetch,
  records: readonly FetchRecord[],
  body: StorageSnapshot | null,
  stored: ReadonlyMap<StorageItem, StoredResponse>,
): Outcome[] {
  const shared = sharedUrls(records)
  const items = body?.items ?? null
  const undated = findUndatedResponses(items ?? [], records)
  const itemsOf = (found: ReadonlyMap<StorageItem, StoredResponse>, record: FetchRecord) =>
    [...found.values()].filter((one) => one.records.includes(record)).map(({ item }) => item)
  // The browser calls a response ready that it has just broken off.
  const cut = fetch.attributes.failureReason === 'download-total-exceeded'
  return records.map((record) => {
    const sharing = shared.get(withoutHash(record.url)) ?? 1
    const make = (outcome: OutcomeKind, found: readonly StorageItem[] = []): Outcome => {
      const isOpen = outcome === 'stored' || outcome === 'stored-undated' || outcome === 'dropped'
      return {
        record,
        outcome,
        items: found,
        sharing,
        equal: isOpen ? equalOf(record, [stored, undated]) : null,
      }
    }
    if (record.state === 'no-response') return make('no-response')
    if (record.state === 'failed' || record.state === 'pending' || isUnreadable(record))
      return make('incomplete')
    if (!items) return make('unknown')
    if (isShared(record, shared)) return make('shared')
    const found = itemsOf(stored, record)
    if (found.length > 0) return make('stored', found)
    const cutShort = items.filter((item) => isShortOf(item, record))
    if (cutShort.length > 0) return make('stored-short', cutShort)
    const before = items.filter(
      (item) => item.kind === 'cache-entry' && isAt(item.url, record) && item.change !== 'added',
    )
    const isSame = before.length > 0 && before.every(({ change }) => change === 'same')
    if (isSame && body?.baseline === 'before') return make('stored-before', before)
    const maybe = isSame ? before : itemsOf(undated, record)
    if (maybe.length > 0) return make('stored-undated', maybe)
    // Something is under its URL that is no complete response of it, or of which that is not known.
    if (before.length > 0 && before.every(({ change }) => change !== 'changed')) return make('unknown')
    if (record.state === 'unknown' || cut) return make('unknown')
    // Whatever its status: nothing of it has to be stored.
    if (record.method !== 'GET') return make('answered')
    return make('dropped')
  })
}
