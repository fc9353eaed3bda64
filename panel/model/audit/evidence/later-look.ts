import type { StorageSnapshot } from '../../../../protocol/storage-events'
import { mayBeHidden } from './hidden'
import { identityOf } from './items'

/** A later snapshot joined to the one before, and what the later one does not list of it, by identity. */
export interface LaterLook {
  readonly body: StorageSnapshot
  /** New when the event had ended, and known to be missing later. */
  readonly gone: ReadonlySet<string>
  /** Not new when the event had ended, and not listed later: removed, or there without what was found of it. */
  readonly reverted: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

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
  // What is listed is what is new, changed, or names the fetch: only what was new is known to be gone.
  const those = (known: ReadonlySet<string>, added: boolean) =>
    missing
      .filter((item) =>
        mayBeHidden(later, item) ? known.has(identityOf(item)) : (item.change === 'added') === added,
      )
      .map(identityOf)
  return {
    body: { ...later, items: [...later.items, ...missing] },
    gone: new Set(those(before.gone ?? none, true)),
    reverted: new Set(those(before.reverted ?? none, false)),
  }
}
