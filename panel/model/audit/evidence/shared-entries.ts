import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../../session/view'
import { mayHaveCome } from './bodies'
import type { JudgedItem } from './evidence'
import { mayBeHidden } from './hidden'
import { identityOf, labelOf } from './items'
import type { Reason } from './reasons'

/** Entries under the URL of a request: other fetches may have that URL, too. */
export const entriesIn = (items: readonly StorageItem[]): readonly StorageItem[] =>
  items.filter(({ kind, mentions }) => kind === 'cache-entry' && mentions)

/** A fetch that has not failed brought a response that may be what is stored, as far as its requests are known. */
export function broughtBy({ attributes, requests, answered }: Fetch, item: StorageItem): boolean {
  const records = [...(requests?.records ?? []), ...answered.values()]
  return attributes.result !== 'failure' && records.length > 0 && mayHaveCome(records, item)
}

/** Whether an item was there when the storage was last read for a fetch; undefined where that is not known. */
function wasThere({ snapshots }: Fetch, item: StorageItem): boolean | undefined {
  const last = snapshots.later ?? snapshots.final
  if (!last || mayBeHidden(last.body, item)) return undefined
  return last.body.items.some((one) => identityOf(one) === identityOf(item))
}

/** It has ended before the storage was as another fetch is compared with it. */
const endedBefore = ({ overAt }: Fetch, at: number | null): boolean =>
  overAt !== null && at !== null && overAt < at

/** What is known of an entry that another fetch may have stored, and that one. */
export interface SharedEntry {
  readonly other: Fetch
  /** It is as it was before this fetch: the other one has left it there. */
  readonly older: boolean
}

/** An entry under the URL of a request that another fetch has as well and may have stored; null for any other item. */
export function sharedEntry(item: StorageItem, { body, sharing }: Snapshot): SharedEntry | null {
  if (entriesIn([item]).length === 0) return null
  const isNew = item.change === 'added' || item.change === 'changed'
  for (const other of sharing) {
    if (!broughtBy(other, item)) continue
    const there = wasThere(other, item)
    if (there === false || (isNew && endedBefore(other, body.baselineAt))) continue
    return { other, older: there === true && item.change === 'same' && body.baseline === 'before' }
  }
  return null
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
  return [{ kind: 'entry-shared', id: first.id, items: found.size, first: labelOf(first.item) }]
}
