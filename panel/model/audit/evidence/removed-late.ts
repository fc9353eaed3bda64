import { deletableOf } from '../../../../protocol/deletions'
import type { StorageItem } from '../../../../protocol/storage-items'
import type { Fetch, Snapshot } from '../../session/view'
import { identityOf, isContainer, isWithin } from './items'
import { keyOf, type Missing, missingIn, missingSince } from './later-look'

/** An item that was listed when the event had ended and was not when the storage was read later. */
export interface RemovedItemOf {
  readonly item: StorageItem
  readonly missing: Missing
  /** The storage was read for the last time, a quiet time after the end, when it was still there. */
  readonly isLater: boolean
}

/** It was deleted by a button of this panel: what a fetch had left stays its leftover. */
export function isDeletedInPanel({ deletedInPanel }: Fetch, item: StorageItem): boolean {
  const name = deletedInPanel && deletableOf(item)
  return name ? deletedInPanel.has(JSON.stringify(name)) : false
}

/** What a snapshot lists as it was in the one before only, as somebody removed it meanwhile. */
export const isMissing = (fetch: Fetch, { missing }: Snapshot, item: StorageItem): boolean =>
  (missing?.has(identityOf(item)) ?? false) && !isDeletedInPanel(fetch, item)

/** What was new, changed or named the fetch when its event had ended, and is no longer so. */
export function removedAfterEvent(fetch: Fetch): readonly RemovedItemOf[] {
  const { final, later } = fetch.snapshots
  const ended = fetch.snapshots['event-ended']
  const last = later ?? final
  // What a new page does when it is loaded is no work of the handler.
  if (!final || !last || last.next || final.next || final.byAnotherPage) return []
  const found = new Map<string, RemovedItemOf>()
  const add = (item: StorageItem, missing: Missing | null | undefined, isLater: boolean) => {
    if (missing && !isDeletedInPanel(fetch, item)) found.set(identityOf(item), { item, missing, isLater })
  }
  const there = new Set(last.body.items.map(identityOf))
  for (const item of ended ? missingIn(ended, final) : []) {
    if (ended && !there.has(identityOf(item))) add(item, missingSince(ended, final, item), false)
  }
  for (const item of later?.body.items ?? []) add(item, later?.missing?.get(identityOf(item)), true)
  return [...found.values()]
}

/** Without caches, databases, stores and folders that name nothing, where something that was in them is among the items. */
export const withoutOuter = (all: readonly RemovedItemOf[]): readonly RemovedItemOf[] =>
  all.filter(
    ({ item }) => !isContainer(item) || item.mentions || !all.some((one) => isWithin(one.item, item)),
  )

/** Items without those of another list, by where they are. */
export function without<T extends Parameters<typeof keyOf>[0]>(
  items: readonly T[],
  others: readonly Parameters<typeof keyOf>[0][],
): readonly T[] {
  const keys = new Set(others.map(keyOf))
  return items.filter((item) => !keys.has(keyOf(item)))
}
