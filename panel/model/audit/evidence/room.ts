import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch } from '../../session/view'
import { leastSize } from './complete'
import { identityOf, isChanged, isUnread, sizeOf } from './items'

/**
 * DEFLATE makes nothing smaller than 1/1032 of it, and Chromium's `CompressionStream` knows no other compression: what has fewer bytes
 * than that holds no form of a response.
 */
const MAX_COMPRESSION = 1032

/** As many bytes a response has at least; null where that is not known. What the browser counts of an encoded one is not its size. */
const leastBytes = (record: FetchRecord): number | null =>
  record.encoded && record.bodyDigest === null ? null : (record.bodySize ?? leastSize(record))

/** The bytes in which it would hold a response; null where they are not known. A row may have long texts, which no size counts. */
const bytesOf = (item: StorageItem): number | null => (item.kind === 'row' ? null : sizeOf(item))

/**
 * Whether an item is known to be as it was before anything of the fetch had arrived: with the same content or, where that was not
 * read, with the same size.
 */
export function isFromBeforeArrival(fetch: Fetch, item: StorageItem): boolean {
  if (fetch.already) return false
  const arrivedAt = fetch.activeAt ?? fetch.settledAt ?? Number.POSITIVE_INFINITY
  const identity = identityOf(item)
  return fetch.running.some(({ at, body }) => {
    if (at + body.took > arrivedAt) return false
    const then = body.items.find((one) => identityOf(one) === identity)
    return then !== undefined && !isChanged(then, item)
  })
}

/**
 * Whether an item is too small for any of these responses, in whatever form.
 *
 * @param isFromBefore it is as it was before they had arrived: what was not read of it can only be other content of the same size, which
 *   would be the response itself
 */
export function isTooSmall(
  item: StorageItem,
  records: readonly FetchRecord[],
  isFromBefore: boolean,
): boolean {
  if (isFromBefore && !isUnread(item)) return true
  const bytes = bytesOf(item)
  if (bytes === null || records.length === 0) return false
  return records.every((record) => {
    const least = leastBytes(record)
    return least !== null && (isFromBefore ? bytes < least : bytes * MAX_COMPRESSION < least)
  })
}
