import type { Handle } from '../../../protocol/handle'
import type { Usage } from '../../../protocol/storage-events'
import type { Gap } from '../../../protocol/storage-gaps'
import type { RemovedItem, StorageItem } from '../../../protocol/storage-items'
import { now } from '../../../wire/clock'
import { errorText } from '../snapshot'
import { covers, distinct, type Place } from './gaps'
import { type FetchNames, namedInValue } from './mentions'
import { readBuckets } from './reading/buckets'
import { createBudget } from './reading/budget'
import { readCacheNames } from './reading/caches'
import { readDatabases } from './reading/databases'
import { readFiles } from './reading/files'
import { type NotificationOwner, readNotifications } from './reading/notifications'
import { readWebStorage } from './reading/web-storage'

type Kind = RemovedItem['kind']
/** `Omit` that keeps the variants of a union apart. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
/** What an item is, without what a comparison says of it. */
export type Described = Without<StorageItem, 'change' | 'mentions' | 'firstSeen' | 'mayBeOlder'>

/** An item as it was at one moment. */
export interface Stored extends Place {
  readonly name: string
  readonly item: Described
  /** Changes with the content; null where that was not read. */
  readonly mark: string | null
  /** The fetches that its content names, of those that were asked about. */
  readonly named: ReadonlySet<Handle>
  readonly firstSeen: number
  readonly mayBeOlder: boolean
}

/** All that the origin stores, at one moment, as far as it can be read within bounds. */
export interface Snapshot {
  readonly at: number
  readonly items: ReadonlyMap<string, Stored>
  /** Rows of each object store. */
  readonly rows: readonly { readonly database: string; readonly store: string; readonly count: number }[]
  readonly usage: Usage | null
  readonly gaps: readonly Gap[]
  readonly took: number
}

/** A snapshot while it is being taken. */
export interface Draft {
  readonly gaps: Gap[]
  readonly rows: { database: string; store: string; count: number }[]
  /** @param place says where it stands when that is not at the top */
  add(
    kind: Kind,
    container: string,
    name: string,
    item: Described,
    mark: string | null,
    named?: ReadonlySet<Handle>,
    store?: string,
  ): void
  /** The fetches that a text out of a value names. */
  namesIn(text: string): ReadonlySet<Handle>
}

export const keyOf = (kind: Kind, container: string, name: string, store = ''): string =>
  JSON.stringify([kind, container, store, name])

/** Bytes that the origin uses, by kind. */
export async function readUsage(): Promise<Usage | null> {
  // Chromium reports the bytes by kind; lib.dom does not know it.
  const estimate: StorageEstimate & { usageDetails?: Record<string, number> } =
    await navigator.storage.estimate()
  return { total: estimate.usage ?? 0, details: { ...estimate.usageDetails } }
}

/** Begins a snapshot: items that `previous` has were seen then. */
export function createDraft(
  at: number,
  previous: Snapshot | undefined,
  interests: ReadonlyMap<Handle, FetchNames>,
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
        firstSeen: old?.firstSeen ?? at,
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
 */
export async function takeSnapshot(
  previous: Snapshot | undefined,
  interests: ReadonlyMap<Handle, FetchNames>,
  owners: () => Promise<readonly NotificationOwner[]>,
): Promise<Snapshot> {
  const at = now()
  const draft = createDraft(at, previous, interests)
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
