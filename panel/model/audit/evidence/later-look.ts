import type { StorageSnapshot } from '../../../../protocol/storage-events'
import { identityOf } from './items'

/** A later snapshot joined to the one before, and what of it is gone, by identity. */
export interface LaterLook {
  readonly body: StorageSnapshot
  readonly gone: ReadonlySet<string>
}

/**
 * What was read after a later change, joined to what was there before: what was found when the event had ended stays found,
 * also where somebody removes it later.
 */
export function withLaterLook(before: StorageSnapshot, later: StorageSnapshot): LaterLook {
  const there = new Set(later.items.map(identityOf))
  const missing = before.items.filter(
    (item) => (item.mentions || item.change !== 'same') && !there.has(identityOf(item)),
  )
  return {
    body: { ...later, items: [...later.items, ...missing] },
    gone: new Set(missing.map(identityOf)),
  }
}
