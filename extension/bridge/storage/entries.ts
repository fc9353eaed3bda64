import type { StorageItem } from '../../../protocol/storage-items'
import type { Change, Compared, Subject } from './compare'
import { covers } from './gaps'
import { namedBy } from './mentions'
import type { FoundEntry, LookUp } from './reading/caches'
import { keyOf } from './snapshot'
import type { Snapshot } from './stored'

/** Bytes that the caches of the origin use; null where the browser does not say. */
export const cacheBytes = (snapshot: Pick<Snapshot, 'usage'> | null): number | null =>
  snapshot?.usage ? (snapshot.usage.details.caches ?? 0) : null

/** The first time that the URLs of a fetch were looked up. */
export interface FirstLook {
  readonly at: number
  readonly entries: ReadonlyMap<string, FoundEntry>
  /** All URLs were looked up in all caches. */
  readonly complete: boolean
  /** What was found then had been there when the baseline was read. */
  readonly asBaseline: boolean
}

/** The key of an entry of a cache among those that were found. */
export const entryKey = ({ cache, url }: { cache: string; url: string }): string =>
  JSON.stringify([cache, url])

/** The cache of an entry was not there when a snapshot was taken. */
function isInNewCache({ cache }: FoundEntry, snapshot: Snapshot | null): boolean {
  const place = { kind: 'cache', container: '', store: '' } as const
  return snapshot !== null && !snapshot.items.has(keyOf('cache', '', cache)) && covers(snapshot.gaps, place)
}

/** Whether an entry is new, by the names of the caches, the first look, or the bytes that the caches use. */
export function changeOfEntry(
  entry: FoundEntry,
  before: Snapshot | null,
  first: FirstLook | null,
  bytesNow: number | null,
): Change {
  if (isInNewCache(entry, before)) return 'added'
  if (!first) return before && bytesNow !== null && bytesNow === cacheBytes(before) ? 'same' : 'unknown'
  const old = first.entries.get(entryKey(entry))
  if (!old) return first.complete ? 'added' : 'unknown'
  if (old.mark !== entry.mark) return 'changed'
  return first.asBaseline ? 'same' : 'unknown'
}

/** What a look into the caches found, compared. */
export function compareEntries(
  found: LookUp,
  before: Snapshot | null,
  first: FirstLook | null,
  bytesNow: number | null,
  at: number,
  { names, earlier = null }: Subject,
): Compared[] {
  return found.entries.map((entry) => {
    const { cache, url, status, responseType, size, digest, contentLength } = entry
    const mentions = namedBy(url, names)
    const isNewer = !before && mentions && isInNewCache(entry, earlier)
    const change = isNewer ? 'added' : changeOfEntry(entry, before, first, bytesNow)
    const wasThere = first?.entries.has(entryKey(entry)) ?? false
    const item: StorageItem = {
      kind: 'cache-entry',
      cache,
      url,
      method: 'GET',
      status,
      responseType,
      size,
      digest,
      contentLength,
      change,
      mentions,
      firstSeen: wasThere && first ? first.at : at,
      mayBeOlder: change !== 'added' && (wasThere || !first?.complete),
    }
    return { change, mentions, item }
  })
}
