import type { FetchRecord } from '../../../../protocol/attributes'
import type { StorageItem } from '../../../../protocol/storage-items'
import { t } from '../../../i18n/i18n'
import { bytes, oneLine, pathIn } from '../../format'
import type { Fetch } from '../../session/view'
import { type Finding, findingOf } from '../finding'
import { isAt, isDropped, isLess, isShared, leastSize, promisedSize, sharedUrls } from './complete'
import { labelOf, patternOf, sizeOf } from './items'

/** An error, as the server said it. Opaque responses and redirects can’t be determined from good ones. */
export const isError = (item: StorageItem): boolean => item.kind === 'cache-entry' && item.status >= 400

/** A cache entry may be what this fetch brought: its response came, and with this status. */
export function mayHaveCome(records: readonly FetchRecord[], item: StorageItem): boolean {
  if (item.kind !== 'cache-entry') return true
  if (records.length === 0) return item.mentions
  return records.some(
    (one) =>
      isAt(item.url, one) &&
      (one.state === 'unknown' || (one.state === 'ready' && one.status === item.status)),
  )
}

/** Responses that are stored and should not be. */
export const errorsStored = (
  fetch: Fetch,
  items: readonly StorageItem[],
  records: readonly FetchRecord[],
): Finding[] =>
  items
    .filter(
      (item) =>
        (item.change === 'added' || item.change === 'changed') && isError(item) && mayHaveCome(records, item),
    )
    .map((item) =>
      findingOf('error-stored', {
        item: labelOf(item),
        pattern: `${patternOf(item, fetch.id)} ${'status' in item ? item.status : ''}`,
        bytes: sizeOf(item) ?? 0,
        stored: item,
      }),
    )

const short = (arrived: number, promised: number, url: string): Finding =>
  findingOf('short-body', { item: t('found_short', bytes(arrived), bytes(promised), url), bytes: arrived })

/**
 * Responses of a success of which less arrived than their headers promised, or whose bodies were dropped: `success` does not mean
 * that the bytes are there. Known by the size of the body, of what is stored of it, or of all that the browser counted.
 */
export function shortBodies(
  fetch: Fetch,
  items: readonly StorageItem[],
  records: readonly FetchRecord[],
): Finding[] {
  const shared = sharedUrls(records)
  const judged = records.filter((one) => one.state === 'ready' && !isShared(one, shared))
  const found: Finding[] = []
  let unknown = 0
  for (const record of judged) {
    const promised = promisedSize(record)
    const url = oneLine(pathIn(record.url, fetch.storageKey), 100)
    const stored = items.filter(
      (item) => item.kind === 'cache-entry' && isAt(item.url, record) && item.change !== 'same',
    )
    const sizes = stored.map(sizeOf).filter((size) => size !== null)
    const size = record.bodySize ?? (sizes.length > 0 ? Math.max(...sizes) : null)
    if (isDropped({ ...record, bodySize: size })) found.push(findingOf('range-dropped', { item: url }))
    else if (promised === null) continue
    else if (size === null) unknown++
    else if (isLess(size, record)) found.push(short(size, promised, url))
  }
  if (found.length > 0 || unknown === 0 || judged.length < (fetch.requests?.total ?? 0)) return found
  const promises = judged.map(promisedSize)
  if (promises.some((promised) => promised === null)) return found
  const promised = promises.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const { downloaded } = fetch.attributes
  if (downloaded >= judged.reduce((sum, one) => sum + (leastSize(one) ?? 0), 0)) return found
  const url =
    judged.length === 1
      ? oneLine(pathIn(judged[0]?.url ?? '', fetch.storageKey), 100)
      : t('found_short_all', judged.length)
  return [short(downloaded, promised, url)]
}
