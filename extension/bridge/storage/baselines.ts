import * as v from 'valibot'
import { Deletable } from '../../../protocol/deletions'
import type { Handle } from '../../../protocol/handle'
import type { StorageBaseline, Usage } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import { cacheBytes } from './entries'
import type { FetchNames } from './mentions'
import { type KnownEntries, readKnownEntries } from './reading/known-entries'
import type { NotificationOwner } from './reading/notifications'
import { webStorageKeys, webStorageMark } from './reading/web-storage'
import { keyOf, readUsage, takeSnapshot } from './snapshot'
import type { Snapshot } from './stored'

/** How often the storage is read while no fetch runs, in milliseconds. */
const EVERY = 2000
/** The same where reading takes long. */
const SELDOM = 30_000
const LONG = 100
/** Where the bytes used have not changed, nothing else is expected to have; all is read this often anyway. */
const ALL_EVERY = 10_000
/** A site writes what belongs to a fetch right before it begins: a snapshot that was read this long before is "before". */
const MARGIN = 1000
/** How many snapshots are remembered, to find one that is old enough among them. */
const MAX_REMEMBERED = 8
/** And how far apart they are at least, so that many fetches at once don't push the old ones out. */
const SPACING = 250

export interface Baselines {
  /** Reads all of the storage; a later fetch can be compared with it. */
  read(interests: ReadonlyMap<Handle, FetchNames>): Promise<Snapshot>
  /** Makes sure that there is a recent snapshot. Resolves with when to come back, in milliseconds. */
  refresh(): Promise<number>
  /** Something changed: `refresh()` reads all, whatever the bytes used. */
  outdated(): void
  /** No snapshot has this item any more: the extension has deleted it, which no fetch has removed. */
  forget(item: Deletable): void
  /** Notes which keys localStorage and sessionStorage have at this moment, which is that of a fetch. */
  noteKeys(): void
  /** Looks for all entries of the caches, as there are more URLs to look up. */
  readEntries(): Promise<void>
  /** The latest snapshot from well before now, and younger than `since`. */
  before(since: number): Snapshot | undefined
  /** All entries of the caches at the time of a snapshot; null where they are not known. */
  knownEntries(snapshot: Snapshot): KnownEntries | null
  /** The latest snapshot; undefined where none was taken. */
  readonly latest: Snapshot | undefined
  /** When the oldest snapshot that is remembered was taken; nothing from before it matters. */
  readonly oldest: number
  stop(): void
}

const sameUsage = (a: Usage | null, b: Usage | null): boolean =>
  a !== null && b !== null && Object.keys(b.details).length > 0 && JSON.stringify(a) === JSON.stringify(b)

/** The same snapshot without an item. */
function without(snapshot: Snapshot, item: Deletable): Snapshot {
  const wanted = JSON.stringify(v.parse(Deletable, item))
  const items = [...snapshot.items].filter(([, stored]) => {
    const { success, output } = v.safeParse(Deletable, stored.item)
    return !success || JSON.stringify(output) !== wanted
  })
  return { ...snapshot, items: new Map(items) }
}

/** What is said of a snapshot that fetches to come are compared with. */
export function baselineReport({ items, rows, gaps }: Snapshot): StorageBaseline {
  const count = (kind: string) => [...items.values()].filter((one) => one.kind === kind).length
  return {
    type: 'storage-baseline',
    caches: count('cache'),
    stores: rows.length,
    files: count('file'),
    gaps: gaps.slice(0, 20),
  }
}

/**
 * Takes snapshots of the origin's storage that fetches to come are compared with.
 *
 * @param owners the registrations whose notifications are listed
 * @param urls under which the caches may hold something
 * @param known is called once, when there is a snapshot that is old enough
 */
export function createBaselines(
  owners: () => Promise<readonly NotificationOwner[]>,
  urls: () => readonly string[],
  known: (snapshot: Snapshot) => void,
): Baselines {
  const remembered: Snapshot[] = []
  let latest: Snapshot | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let entries: KnownEntries | null = null
  /** Of localStorage and sessionStorage, when the latest snapshot was begun. */
  let mark = ''
  /** Something was reported to have changed since. */
  let changed = false
  /** When keys of both were seen since. */
  const keysSeen = new Map<string, number>()
  /** Where looking for them takes long, it is done again from then on. */
  let nextEntries = 0

  const read = async (interests: ReadonlyMap<Handle, FetchNames>) => {
    changed = false
    mark = webStorageMark()
    const seen = new Map(keysSeen)
    const snapshot = await takeSnapshot(latest, interests, owners, seen)
    latest = snapshot
    for (const [key, at] of seen) if (keysSeen.get(key) === at) keysSeen.delete(key)
    const last = remembered.at(-1)
    if (!last || snapshot.at - last.at >= SPACING) remembered.push(snapshot)
    if (remembered.length > MAX_REMEMBERED) remembered.shift()
    timer ??= setTimeout(known, MARGIN, snapshot)
    return snapshot
  }

  const readEntries = async () => {
    try {
      entries = await readKnownEntries(urls(), async () => cacheBytes({ usage: await readUsage() }))
    } catch {
      entries = null
    }
  }

  return {
    read,
    readEntries,
    outdated() {
      changed = true
    },
    forget(item) {
      for (const [i, snapshot] of remembered.entries()) remembered[i] = without(snapshot, item)
      latest = latest && without(latest, item)
    },
    noteKeys() {
      const at = now()
      for (const { kind, key } of webStorageKeys()) {
        const name = keyOf(kind, '', key)
        if (!latest?.items.has(name) && !keysSeen.has(name)) keysSeen.set(name, at)
      }
    },
    async refresh() {
      // Asking for the bytes used costs a fraction of reading everything.
      if (latest && !changed && now() - latest.at < ALL_EVERY && mark === webStorageMark()) {
        if (sameUsage(latest.usage, await readUsage().catch(() => null))) return EVERY
      }
      const began = now()
      await read(new Map())
      const wait = now() - began > LONG ? SELDOM : EVERY
      if (now() >= nextEntries) {
        const from = now()
        await readEntries()
        if (now() - from > LONG) nextEntries = now() + SELDOM
      }
      return wait
    },
    before(since) {
      const until = now() - MARGIN
      // What is written while it is being read may be in it.
      return remembered.filter(({ at, took }) => at + took < until && at > since).at(-1)
    },
    knownEntries: (snapshot) => (entries?.bytes === cacheBytes(snapshot) ? entries : null),
    get latest() {
      return latest
    },
    get oldest() {
      return remembered[0]?.at ?? 0
    },
    stop: () => clearTimeout(timer),
  }
}
