import * as v from 'valibot'
import { Handle } from './handle'
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

/** A person deleted an item that was left by a fetch; `gone`: it was not there any more. */
export const ItemDeleted = v.object({
  type: v.literal('item-deleted'),
  handle: Handle,
  command: v.pipe(v.string(), v.maxLength(1024)),
  item: Deletable,
  outcome: v.variant('kind', [
    v.object({ kind: v.literal('deleted') }),
    v.object({ kind: v.literal('gone') }),
    v.object({ kind: v.literal('failed'), error: v.pipe(v.string(), v.maxLength(1024)) }),
  ]),
})
