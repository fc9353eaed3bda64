import type { Handle } from '../../../protocol/handle'
import type { Usage } from '../../../protocol/storage-events'
import type { Gap } from '../../../protocol/storage-gaps'
import { now } from '../../../wire/clock'
import { errorText } from '../snapshot'
import { covers, distinct } from './gaps'
import { type FetchNames, namedInValue } from './mentions'
import { readBuckets } from './reading/buckets'
import { createBudget } from './reading/budget'
import { readCacheNames } from './reading/caches'
import { readDatabases } from './reading/databases'
import { readFiles } from './reading/files'
import { type NotificationOwner, readNotifications } from './reading/notifications'
import { readWebStorage } from './reading/web-storage'
import type { Draft, Kind, Snapshot, Stored } from './stored'

/** The key of an item in a snapshot: one for each place that something can be stored in. */
export const keyOf = (kind: Kind, container: string, name: string, store = ''): string =>
  JSON.stringify([kind, container, store, name])

/** Bytes that the origin uses, by kind. */
export async function readUsage(): Promise<Usage | null> {
  // Chromium reports the bytes by kind; lib.dom does not know it.
  const estimate: StorageEstimate & { usageDetails?: Record<string, number> } =
    await navigator.storage.estimate()
  return { total: estimate.usage ?? 0, details: { ...estimate.usageDetails } }
}

/** Begins a snapshot: items that `previous` has were seen then, and those of `seenBefore` at that time. */
export function createDraft(
  at: number,
  previous: Snapshot | undefined,
  interests: ReadonlyMap<Handle, FetchNames>,
  seenBefore: ReadonlyMap<string, number> = new Map(),
): Draft & { readonly items: Map<string, Stored> } {
  const items = new Map<string, Stored>()
  return {
    items,
    gaps: [],
    rows: [],
    add(kind, container, name, item, mark, named = new Set(), store = '') {
      const key = keyOf(kind, container, name, store)
      const old = previous?.items.get(key)
      items.set(key, {
        kind,
        container,
        store,
        name,
        item,
        mark,
        named,
        firstSeen: old?.firstSeen ?? seenBefore.get(key) ?? at,
        mayBeOlder: old?.mayBeOlder ?? (!previous || !covers(previous.gaps, { kind, container, store })),
      })
    },
    namesIn(text) {
      const named = new Set<Handle>()
      for (const [handle, names] of interests) if (namedInValue(text, names)) named.add(handle)
      return named
    },
  }
}

/**
 * Reads the storage of the frame's origin. Never rejects, and never creates anything: what can't be read is in
 * `gaps`.
 *
 * @param previous the snapshot before: an item that was in it was seen then
 * @param interests fetches that values may name
 * @param owners the registrations whose notifications are listed
 * @param seenBefore when items were seen between `previous` and now, by their key
 */
export async function takeSnapshot(
  previous: Snapshot | undefined,
  interests: ReadonlyMap<Handle, FetchNames>,
  owners: () => Promise<readonly NotificationOwner[]>,
  seenBefore?: ReadonlyMap<string, number>,
): Promise<Snapshot> {
  const at = now()
  const draft = createDraft(at, previous, interests, seenBefore)
  const budget = createBudget()
  const attempt = async (area: Extract<Gap, { kind: 'unreadable' }>['area'], read: () => Promise<void>) => {
    try {
      await read()
    } catch (error) {
      draft.gaps.push({ kind: 'unreadable', side: 'now', area, detail: errorText(error) })
    }
  }
  let usage: Usage | null = null
  // First: where it reads the same later on, nothing that was read after it has changed.
  await attempt('usage', async () => {
    usage = await readUsage()
  })
  await Promise.all([
    attempt('cache-storage', () => readCacheNames(draft)),
    attempt('indexeddb', () => readDatabases(draft, budget)),
    attempt('files', () => readFiles(draft, budget)),
    attempt('usage', () => readBuckets(draft)),
    attempt('local-storage', () => readWebStorage('local-storage', draft, budget)),
    attempt('session-storage', () => readWebStorage('session-storage', draft, budget)),
    attempt('notifications', async () => {
      for (const owner of await owners()) await readNotifications(owner, draft)
    }),
  ])
  return { at, items: draft.items, rows: draft.rows, usage, gaps: distinct(draft.gaps), took: now() - at }
}
