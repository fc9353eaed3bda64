import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import { assign } from './assign'

/** Bytes of a response; null where they are not known. A Content-Length of an encoded body is not its size. */
export const responseSize = ({ bodySize, encoded, contentLength, method }: FetchRecord): number | null =>
  bodySize ?? (encoded || method === 'HEAD' ? null : contentLength)

/** The bytes that the headers promised, where they can be compared with a body. */
export const promisedSize = ({ encoded, contentLength, method }: FetchRecord): number | null =>
  encoded || method === 'HEAD' ? null : contentLength

/** The size of an encoded body is above that of the body by less than this share of it and so many bytes, where it is above it. */
const MAX_CODING_SHARE = 0.01
const MAX_CODING_BYTES = 1024

/**
 * Whether its body was encoded is not known: CORS hides Content-Encoding. To a request with `Range` the browser accepts no encoded
 * answer.
 */
const isEncodingHidden = ({ responseType, hasRange }: FetchRecord): boolean =>
  responseType === 'cors' && !hasRange

/** As many bytes a complete body has at least, by its headers; null where they do not say. */
export function leastSize(record: FetchRecord): number | null {
  const promised = promisedSize(record)
  if (promised === null || !isEncodingHidden(record)) return promised
  return Math.max(0, Math.floor((promised - MAX_CODING_BYTES) / (1 + MAX_CODING_SHARE)))
}

/** Fewer bytes than the headers promise, unless they are of an encoded body. */
export const isLess = (size: number, record: FetchRecord): boolean => size < (leastSize(record) ?? 0)

/** Fewer bytes came than the headers say, and whether they say it of an encoded body is not known. */
export const mayBeShort = (record: FetchRecord): boolean =>
  record.bodySize !== null && record.bodySize < (promisedSize(record) ?? 0) && !isShort(record)

/**
 * Its body was dropped: Chromium does so where the answer to a request with `Range` has the status 200.
 */
export const isDropped = ({ hasRange, status, bodySize, contentLength, method }: FetchRecord): boolean =>
  hasRange === true && status === 200 && bodySize === 0 && contentLength !== 0 && method !== 'HEAD'

/** A network error stands in its place: CORS did not let it through, or none came. */
export const isUnreadable = ({ state, status, responseType }: FetchRecord): boolean =>
  state === 'ready' && status === 0 && !responseType.startsWith('opaque')

const isOk = (status: number | null) => status !== null && status >= 200 && status < 300

/** Less of the body arrived than the headers promised, or nothing of one that was dropped. */
export function isShort(record: FetchRecord): boolean {
  return isDropped(record) || (record.bodySize !== null && isLess(record.bodySize, record))
}

/** A response that came, is ok, and is not known to be short. */
export const isWhole = (record: FetchRecord): boolean =>
  record.state === 'ready' && isOk(record.status) && !isShort(record)

/** Cache Storage and records may write one URL with and without its fragment. */
export const withoutHash = (url: string) => url.replace(/#.*$/s, '')

/** Whether a cache entry is stored under the URL of a request, or of its response. */
export const isAt = (url: string, record: FetchRecord): boolean =>
  withoutHash(url) === withoutHash(record.url) ||
  (record.responseUrl !== '' && withoutHash(url) === withoutHash(record.responseUrl))

/** Requests with one URL: the browser gives them all the first answer. Gives the number by URL, where it is above 1. */
export function sharedUrls(records: readonly FetchRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { url } of records) counts.set(withoutHash(url), (counts.get(withoutHash(url)) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count > 1))
}

export const isShared = (record: FetchRecord, shared: ReadonlyMap<string, number>): boolean =>
  shared.has(withoutHash(record.url))

/** An item in which responses of the fetch were found. */
export interface StoredResponse {
  readonly item: StorageItem
  readonly records: readonly FetchRecord[]
  /** Null where nothing is missing for it to be a complete response. */
  readonly doubt: 'size' | 'record' | 'shared' | 'content' | 'encoding' | null
  /** Equal responses, of which not all are stored, and what it is called does not say which of them it is. */
  readonly alike?: readonly FetchRecord[]
}

/** The bytes of a response and of what is stored are not the same. */
const differs = (record: FetchRecord, digest: number | null): boolean =>
  digest !== null && record.bodyDigest !== null && digest !== record.bodyDigest

/**
 * The size of a response, where it is certain: its body was read, or the headers say it of one that was not encoded. Null where it is
 * not.
 */
function exactSize(record: FetchRecord): number | null {
  const read = record.bodyDigest === null ? null : record.bodySize
  return read ?? (isEncodingHidden(record) ? null : promisedSize(record))
}

/** The bytes of a response and of what is stored under its URL were compared, and are the same. */
export const areSame = (record: FetchRecord, item: StorageItem): boolean =>
  item.kind === 'cache-entry' && item.digest !== null && item.digest === record.bodyDigest

/** A cache entry under the URL of one of the requests. */
function byUrl(
  item: Extract<StorageItem, { kind: 'cache-entry' }>,
  records: readonly FetchRecord[],
  shared: ReadonlyMap<string, number>,
): StoredResponse | null {
  const [record] = records.filter((one) => isAt(item.url, one))
  if (!record || !isOk(item.status)) return null
  if (isShared(record, shared)) return { item, records: [], doubt: 'shared' }
  if (record.state === 'unknown') return { item, records: [record], doubt: 'record' }
  if (!isWhole(record) || record.status !== item.status) return null
  // Something else was stored under its URL.
  if (differs(record, item.digest)) return null
  const want = responseSize(record)
  // That it is not shorter is known of neither where a size is missing.
  if (want === null || item.size === null) return { item, records: [record], doubt: 'size' }
  const exact = exactSize(record)
  if (exact !== null && item.size !== exact) return null
  if (item.size < (record.bodySize ?? leastSize(record) ?? 0)) return null
  if (mayBeShort(record) || item.size < want) return { item, records: [record], doubt: 'encoding' }
  return { item, records: [record], doubt: item.size > want ? 'size' : null }
}

interface Body {
  readonly size: number
  readonly digest: number | null
}

const sum = (bodies: readonly Body[]) => bodies.reduce((all, { size }) => all + size, 0)

/** The bodies that an item holds, where a response may be recognized by its size and bytes. */
function bodiesOf(item: StorageItem): readonly Body[] {
  if (item.kind === 'file') return [item]
  // Where not all of a row was read, what else is in it is not known.
  if (item.kind === 'row') return item.size === sum(item.bodies) ? item.bodies : []
  if (item.kind === 'cache-entry') {
    const { status, size, digest } = item
    return isOk(status) && size !== null ? [{ size, digest }] : []
  }
  return []
}

/**
 * Finds responses of a fetch among items that are new or changed: cache entries under the URL of a request, of the size of the
 * response, or not shorter where that is not known; files, Blobs and other entries of exactly the size and the bytes of a response
 * that came whole. Where the bytes of either are not known, its size is all that says so. One response stands for one such item
 * only, of equal ones that after which it is called, and every body of a row must be a response.
 */
export function findStoredResponses(
  items: readonly StorageItem[],
  records: readonly FetchRecord[],
): ReadonlyMap<StorageItem, StoredResponse> {
  const stored = new Map<StorageItem, StoredResponse>()
  const shared = sharedUrls(records)
  for (const item of items) {
    const found = item.kind === 'cache-entry' ? byUrl(item, records, shared) : null
    if (found) stored.set(item, found)
  }
  const free = records.filter(
    (record) => isWhole(record) && !isShared(record, shared) && (responseSize(record) ?? 0) > 0,
  )
  const byUrls = new Set([...stored.values()].flatMap(({ records }) => records))
  const bodies = new Map(
    items
      .filter(
        (item) =>
          !stored.has(item) && !(item.kind === 'cache-entry' && records.some((one) => isAt(item.url, one))),
      )
      .map((item) => [item, bodiesOf(item)] as const),
  )
  for (const [item, found] of assign(bodies, { records: free, sizeOf: responseSize, byUrl: byUrls })) {
    const some = found.map(({ record }) => record)
    const mayBeCut = some.some(mayBeShort)
    const doubt = found.some(({ sure }) => !sure) ? 'content' : mayBeCut ? 'encoding' : null
    stored.set(item, { item, records: some, doubt, alike: [...new Set(found.flatMap(({ alike }) => alike))] })
  }
  return stored
}

/** The same among items of which it is not known whether they are new: what is stored there may be older than the fetch. */
export const findUndatedResponses = (
  items: readonly StorageItem[],
  records: readonly FetchRecord[],
): ReadonlyMap<StorageItem, StoredResponse> =>
  findStoredResponses(
    items.filter(({ change }) => change === 'unknown'),
    records,
  )
