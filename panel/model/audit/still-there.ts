import type { StorageItem } from '../../../protocol/storage-items'
import type { Fetch } from '../session/view'
import { basisOf } from './evidence/basis'
import { identityOf } from './evidence/items'

/** Whether an item that a finding is about was there when the storage was read for the last time. */
export function isStillThere(fetch: Fetch, item: StorageItem): boolean {
  const basis = basisOf(fetch)
  const identity = identityOf(item)
  // A later look lists also what it knows to be gone.
  if (!basis || basis.missing?.get(identity)?.gone) return false
  return basis.body.items.some((one) => identityOf(one) === identity)
}
