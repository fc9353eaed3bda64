/** Chromium counts the bytes of an entry in blocks of this many, and no entry is smaller than two of them. */
const BLOCK = 256
const SMALLEST = 2 * BLOCK
/** By how many bytes {@link entryBytes} may be wrong either way. */
const TOLERANCE = 16

/**
 * Bytes that an entry of Cache Storage takes on Chromium's disk: measured, see docs/chromium.md. A response whose
 * headers are not all readable takes more.
 */
export function entryBytes(key: string, response: Response, body: number): number {
  const { headers, statusText, url } = response
  let bytes = 209 + 3 * key.length + statusText.length + body
  for (const [name, value] of headers) bytes += name.length + value.length + 6
  const type = headers.get('content-type')
  if (type) bytes += (type.split(';')[0] ?? '').length + 2
  return url ? bytes + url.length + 6 : bytes
}

/** What counts of an entry that was found: the bytes that it takes; null where that is not known. */
interface Sized {
  readonly bytes: number | null
}

const blocks = (bytes: number) => Math.ceil(bytes / BLOCK) * BLOCK
const least = (entries: readonly Sized[]) =>
  entries.reduce((sum, { bytes }) => sum + blocks((bytes ?? 0) - TOLERANCE), 0)
const most = (entries: readonly Sized[]) =>
  entries.reduce((sum, { bytes }) => sum + blocks((bytes ?? 0) + TOLERANCE), 0)

/** What is known of how the caches have changed since the baseline. */
export interface CacheGrowth {
  readonly bytesBefore: number | null
  readonly bytesNow: number | null
  /** Entries that were found and were not there before. */
  readonly added: readonly Sized[]
  /** Entries that were found before, and are gone or were overwritten. */
  readonly removed: readonly Sized[]
}

/**
 * By how many bytes the caches have grown beyond the entries that were found; undefined when there is no room for an
 * entry that was not found; null where it can't be known.
 */
export function unexplainedGrowth({
  bytesBefore,
  bytesNow,
  added,
  removed,
}: CacheGrowth): number | null | undefined {
  if (bytesBefore === null || bytesNow === null) return null
  if ([...added, ...removed].some(({ bytes }) => bytes === null)) return null
  const grown = bytesNow - bytesBefore
  const rest = grown - least(added) + most(removed)
  // Where more has gone than is known, something may have come in its place.
  if (grown - most(added) + least(removed) <= -SMALLEST) return null
  return rest < SMALLEST ? undefined : rest
}

/**
 * Bytes that the caches take beyond the entries that were found; undefined where there is no room for another one;
 * null where it can't be known.
 */
export function otherBytes(bytesNow: number | null, found: readonly Sized[]): number | null | undefined {
  if (bytesNow === 0) return undefined
  if (bytesNow === null || found.some(({ bytes }) => bytes === null)) return null
  const rest = bytesNow - least(found)
  return rest < SMALLEST ? undefined : rest
}
