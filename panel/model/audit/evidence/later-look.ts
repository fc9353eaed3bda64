import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { RemovedItem, StorageItem } from '../../../../protocol/storage-items'
import { mayBeHidden } from './hidden'
import { identityOf, placeOf } from './items'

/** A later snapshot joined to the one before, and what the later one does not list of it, by identity. */
export interface LaterLook {
  readonly body: StorageSnapshot
  /** New or changed when the event had ended, and known to be missing later. */
  readonly gone: ReadonlySet<string>
  /** Not new when the event had ended, and not listed later: removed, or there without what was found of it. */
  readonly reverted: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

/** Names an item that is there, or is gone, by where it is. */
const keyOf = (item: StorageItem | RemovedItem): string => {
  const { container, name } = 'container' in item ? item : placeOf(item)
  return JSON.stringify([item.kind, container, name])
}

/**
 * Whether an item that a later snapshot does not list is known to be gone. What is listed is what is new, changed, or names
 * the fetch: what was there before the fetch is known to be gone where that is said.
 */
export function goneIn(later: StorageSnapshot): (item: StorageItem) => boolean {
  const removed = new Set(later.removed.map(keyOf))
  return (item) => item.change === 'added' || removed.has(keyOf(item))
}

/**
 * What was read after a later change, joined to what was there before: what was found when the event had ended stays found,
 * also where somebody removes it later. What a gap of the later reading may hide is as it was known before.
 */
export function withLaterLook(
  before: { readonly body: StorageSnapshot } & Partial<Omit<LaterLook, 'body'>>,
  later: StorageSnapshot,
): LaterLook {
  const there = new Set(later.items.map(identityOf))
  const missing = before.body.items.filter(
    (item) => (item.mentions || item.change !== 'same') && !there.has(identityOf(item)),
  )
  const isGone = goneIn(later)
  const those = (known: ReadonlySet<string>, gone: boolean) =>
    missing
      .filter((item) => (mayBeHidden(later, item) ? known.has(identityOf(item)) : isGone(item) === gone))
      .map(identityOf)
  // What stays found is not said to be removed as well.
  const found = new Set(missing.map(keyOf))
  return {
    body: {
      ...later,
      items: [...later.items, ...missing],
      removed: later.removed.filter((item) => !found.has(keyOf(item))),
    },
    gone: new Set(those(before.gone ?? none, true)),
    reverted: new Set(those(before.reverted ?? none, false)),
  }
}
