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

/** A cache that was deleted: the browser goes on counting it for as long as a script has a reference to it. */
interface Deleted {
  /** It had these at the baseline. */
  readonly before: readonly Sized[]
  /** When it was deleted, these of them were gone, and these had come. */
  readonly removed: readonly Sized[]
  readonly added: readonly Sized[]
}

/** What is known of how the caches have changed since the baseline. */
export interface CacheGrowth<T extends Deleted = Deleted> {
  readonly bytesBefore: number | null
  readonly bytesNow: number | null
  /** Entries that were found and were not there before. */
  readonly added: readonly Sized[]
  /** Entries of the caches that exist which were found before, and are gone or were overwritten. */
  readonly removed: readonly Sized[]
  /** Caches that are gone. */
  readonly deleted?: readonly T[]
}

export interface Unexplained<T> {
  /**
   * Bytes that the browser counts beyond what was found; undefined when there is no room for an entry that was not found;
   * null where it can't be known.
   */
  readonly grown: number | null | undefined
  /** The deleted caches that it still counts, where that accounts for all of the bytes. */
  readonly counted: readonly T[]
}

/** More deleted caches are counted all, or none of them. */
const MAX_DELETED = 6

/** Which of the deleted caches may still be counted: none first. */
function choicesOf<T>(deleted: readonly T[]): readonly (readonly T[])[] {
  if (deleted.length === 0) return [[]]
  if (deleted.length > MAX_DELETED) return [[], deleted]
  return Array.from({ length: 2 ** deleted.length }, (_, bits) =>
    deleted.filter((_one, i) => bits & (1 << i)),
  )
}

const areKnown = (entries: readonly Sized[]) => entries.every(({ bytes }) => bytes !== null)

/** By how many bytes the browser counts more than the entries that were found and the deleted caches that it still counts explain. */
export function unexplainedGrowth<T extends Deleted>(growth: CacheGrowth<T>): Unexplained<T> {
  const { bytesBefore, bytesNow, added, removed, deleted = [] } = growth
  if (bytesBefore === null || bytesNow === null || !areKnown([...added, ...removed]))
    return { grown: null, counted: [] }
  let smallest: number | null = null
  for (const counted of choicesOf(deleted)) {
    const freed = deleted.filter((one) => !counted.includes(one))
    const come = [...added, ...counted.flatMap((one) => one.added)]
    // What a deleted cache held before, and is counted still, makes no difference: its size need not be known.
    const gone = [...removed, ...counted.flatMap((one) => one.removed), ...freed.flatMap((one) => one.before)]
    if (!areKnown([...come, ...gone])) continue
    const grown = bytesNow - bytesBefore
    const low = grown - most(come) + least(gone)
    const high = grown - least(come) + most(gone)
    // Where more has gone than is known, something may have come in its place.
    if (low <= -SMALLEST) continue
    if (high < SMALLEST) return { grown: undefined, counted }
    smallest = Math.min(smallest ?? high, high)
  }
  return { grown: smallest, counted: [] }
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
