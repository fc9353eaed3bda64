import { entryKey, type FirstLook } from './entries'
import { covers } from './gaps'
import { type FoundEntry, isComplete, type LookUp } from './reading/caches'
import { keyOf } from './snapshot'
import type { Snapshot } from './stored'

/** A cache that was deleted since the baseline, and what is known of its entries. */
export interface GoneCache {
  readonly name: string
  /** It had these at the baseline. */
  readonly before: readonly FoundEntry[]
  /** Of them, these were gone or overwritten when it was last seen, and these had come. */
  readonly removed: readonly FoundEntry[]
  readonly added: readonly FoundEntry[]
}

/** The entries of each cache as they were last seen. */
export type SeenEntries = Map<string, readonly FoundEntry[]>

/** Remembers what caches that exist hold. */
export function noteEntries(seen: SeenEntries, names: readonly string[], found: LookUp): void {
  if (!isComplete(found)) return
  for (const name of names)
    seen.set(
      name,
      found.entries.filter(({ cache }) => cache === name),
    )
}

const isIn = (entries: readonly FoundEntry[], entry: FoundEntry): boolean =>
  entries.some((one) => entryKey(one) === entryKey(entry) && one.mark === entry.mark)

/** The caches that are gone since the baseline, those that came after it as well. */
export function goneCaches(
  seen: SeenEntries,
  names: readonly string[],
  baseline: Snapshot | null,
  first: FirstLook | null,
): GoneCache[] {
  if (!baseline) return []
  const known = first?.asBaseline ? [...first.entries.values()] : []
  const gone = new Set([...seen.keys(), ...known.map(({ cache }) => cache)])
  return [...gone].flatMap((name): GoneCache[] => {
    if (names.includes(name)) return []
    const place = { kind: 'cache', container: '', store: '' } as const
    const isNew = !baseline.items.has(keyOf('cache', '', name)) && covers(baseline.gaps, place)
    // What it held before is not known.
    if (!isNew && !first?.asBaseline) return []
    const before = isNew ? [] : known.filter(({ cache }) => cache === name)
    const last = seen.get(name) ?? before
    return [
      {
        name,
        before,
        removed: before.filter((entry) => !isIn(last, entry)),
        added: last.filter((entry) => !isIn(before, entry)),
      },
    ]
  })
}
