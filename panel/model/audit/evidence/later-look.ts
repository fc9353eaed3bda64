import type { StorageSnapshot } from '../../../../protocol/storage-events'
import type { RemovedItem, StorageItem } from '../../../../protocol/storage-items'
import { mayBeHidden } from './hidden'
import { identityOf, placeOf } from './items'

/** An item that was listed once and was not when the storage was read later. */
export interface Missing {
  /** It is known to be gone; else it may be there without what was found of it. */
  readonly gone: boolean
  /** When the last reading began that is known to have it, in epoch milliseconds; null where none is. */
  readonly from: number | null
  /** When the first reading ended that did not list it, in epoch milliseconds. */
  readonly until: number
}

/** What was read, and when that began, in epoch milliseconds. */
interface Reading {
  readonly at: number
  readonly body: StorageSnapshot
}

/** A later snapshot joined to the one before, and what the later one does not list of it, by identity. */
interface LaterLook {
  readonly body: StorageSnapshot
  readonly missing: ReadonlyMap<string, Missing>
}

/** Names an item that is there, or is gone, by where it is. */
export const keyOf = (item: StorageItem | RemovedItem): string => {
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

/** What one reading lists as new, changed or naming the fetch, and a later one does not. */
export function missingIn(
  before: Reading & Partial<Pick<LaterLook, 'missing'>>,
  later: Reading,
): readonly StorageItem[] {
  const there = new Set(later.body.items.map(identityOf))
  return before.body.items.filter(
    (item) => (item.mentions || item.change !== 'same') && !there.has(identityOf(item)),
  )
}

/** Since when an item is missing that a reading lists and a later one does not; null where a gap may hide it there. */
export function missingSince(before: Reading, later: Reading, item: StorageItem): Missing | null {
  if (mayBeHidden(later.body, item)) return null
  const from = mayBeHidden(before.body, item) ? null : before.at
  return { gone: goneIn(later.body)(item), from, until: later.at + later.body.took }
}

/**
 * What was read after a later change, joined to what was there before: what was found when the event had ended stays known,
 * also where somebody removes it later. What a gap of the later reading may hide is as it was known before.
 */
export function withLaterLook(
  before: Reading & Partial<Pick<LaterLook, 'missing'>>,
  later: Reading,
): LaterLook {
  const missing = new Map<string, Missing>()
  const items = missingIn(before, later)
  for (const item of items) {
    const identity = identityOf(item)
    const known = before.missing?.get(identity)
    const now = missingSince(before, later, item)
    if (known) missing.set(identity, now ? { ...known, gone: now.gone } : known)
    else if (now) missing.set(identity, now)
  }
  return { body: { ...later.body, items: [...later.body.items, ...items] }, missing }
}
