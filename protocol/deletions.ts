import * as v from 'valibot'
import { Handle } from './handle'
import { Count } from './numbers'
import type { StorageItem } from './storage-items'

/** As long as the texts of items are at most: a longer one was cut, and may stand for several items. */
const MAX_NAME = 1000
const name = v.pipe(v.string(), v.maxLength(MAX_NAME - 1))

/** An item of an origin's storage that can be deleted by itself; what holds others is not deleted with them. */
export const Deletable = v.variant('kind', [
  v.object({ kind: v.literal('cache-entry'), cache: name, url: name, method: name }),
  v.object({ kind: v.literal('row'), database: name, store: name, key: name }),
  v.object({ kind: v.literal('file'), path: name }),
  v.object({ kind: v.picklist(['local-storage', 'session-storage']), key: name }),
  v.object({ kind: v.literal('notification'), tag: name, title: name }),
])
export type Deletable = v.InferOutput<typeof Deletable>

/** How to name an item for its deletion; null where it can't be named for certain, or holds others. */
export function deletableOf(item: StorageItem): Deletable | null {
  // Of a long binary key only the beginning is in its text.
  if (item.kind === 'row' && /binary [0-9a-f]{64}/.test(item.key)) return null
  const parsed = v.safeParse(Deletable, item)
  return parsed.success ? parsed.output : null
}

/**
 * What became of a deletion; `gone`: the item was not there any more. `emptied`: its cache was deleted or emptied just then, and
 * opening it has created it anew where it was deleted. `ambiguous`: so many items have its name, and all of them stay. `busy`: its
 * database does not open. `failed`: in the browser's words.
 */
export const DeletionOutcome = v.variant('kind', [
  v.object({ kind: v.picklist(['deleted', 'gone', 'emptied', 'busy']) }),
  v.object({ kind: v.literal('ambiguous'), count: Count }),
  v.object({ kind: v.literal('failed'), error: v.pipe(v.string(), v.maxLength(1024)) }),
])
export type DeletionOutcome = v.InferOutput<typeof DeletionOutcome>

/** A person deleted an item that was left by a fetch. */
export const ItemDeleted = v.object({
  type: v.literal('item-deleted'),
  handle: Handle,
  command: v.pipe(v.string(), v.maxLength(1024)),
  item: Deletable,
  outcome: DeletionOutcome,
})
