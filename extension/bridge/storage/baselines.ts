import type { Handle } from '../../../protocol/handle'
import type { Usage } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import { cacheBytes } from './entries'
import type { FetchNames } from './mentions'
import { type CacheList, listCaches } from './reading/cache-list'
import type { NotificationOwner } from './reading/notifications'
import { readUsage, takeSnapshot } from './snapshot'
import type { Snapshot } from './stored'

/** How often the storage is read while no fetch runs, in milliseconds. */
const EVERY = 2000
/** The same where reading takes long. */
const SELDOM = 30_000
const LONG = 100
/** Where the bytes used have not changed, nothing else is expected to have; all is read this often anyway. */
const ALL_EVERY = 10_000
/** A site writes what belongs to a fetch right before it begins: a snapshot that is this much older is "before". */
const MARGIN = 1000
/** A baseline is announced without a list of the caches when that takes longer than this, in milliseconds. */
const FOR_LIST = 2500
/** How many snapshots are remembered, to find one that is old enough among them. */
const MAX_REMEMBERED = 8
/** And how far apart they are at least, so that many fetches at once don't push the old ones out. */
const SPACING = 250

export interface Baselines {
  /** Reads all of the storage; a later fetch can be compared with it. */
  read(interests: ReadonlyMap<Handle, FetchNames>): Promise<Snapshot>
  /** Makes sure that there is a recent snapshot. Resolves with when to come back, in milliseconds. */
  refresh(): Promise<number>
  /** The latest snapshot from well before now, and younger than `since`. */
  before(since: number): Snapshot | undefined
  /** What the caches had at the time of a snapshot; null where they were not listed. */
  cacheList(snapshot: Snapshot): CacheList | null
  /** When the oldest snapshot that is remembered was taken; nothing from before it matters. */
  readonly oldest: number
  stop(): void
}

const sameUsage = (a: Usage | null, b: Usage | null): boolean =>
  a !== null && b !== null && Object.keys(b.details).length > 0 && JSON.stringify(a) === JSON.stringify(b)

/**
 * Takes snapshots of the origin's storage that fetches to come are compared with.
 *
 * @param owners the registrations whose notifications are listed
 * @param known is called once, when there is a snapshot that is old enough, with the caches listed where that can be
 */
export function createBaselines(
  owners: () => Promise<readonly NotificationOwner[]>,
  known: (snapshot: Snapshot) => void,
): Baselines {
  const remembered: Snapshot[] = []
  let latest: Snapshot | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let cacheList: CacheList | null = null
  /** Bytes of the caches when listing them was tried; undefined before that. */
  let listedBytes: number | null | undefined
  let announced = false
  const announce = (snapshot: Snapshot) => {
    if (announced) return
    announced = true
    clearTimeout(timer)
    known(snapshot)
  }

  const read = async (interests: ReadonlyMap<Handle, FetchNames>) => {
    const snapshot = await takeSnapshot(latest, interests, owners)
    latest = snapshot
    const last = remembered.at(-1)
    if (!last || snapshot.at - last.at >= SPACING) remembered.push(snapshot)
    if (remembered.length > MAX_REMEMBERED) remembered.shift()
    timer ??= setTimeout(announce, FOR_LIST, snapshot)
    return snapshot
  }

  const before = (since: number) => {
    const until = now() - MARGIN
    return remembered.filter(({ at }) => at < until && at > since).at(-1)
  }

  const list = async (bytes: number | null) => {
    if (bytes === listedBytes) return
    listedBytes = bytes
    cacheList = { bytes: 0, urls: [], at: now(), entries: [] }
    // An empty cache counts no byte, and need not be opened.
    if (bytes === 0) return
    cacheList = await listCaches(async () => cacheBytes({ usage: await readUsage() })).catch(() => null)
  }

  const lookAgain = async () => {
    // Asking for the bytes used costs a fraction of reading everything.
    if (latest && now() - latest.at < ALL_EVERY) {
      const usage = await readUsage().catch(() => null)
      if (sameUsage(latest.usage, usage)) {
        // Nothing has changed since the look before, and no fetch runs: now a cache may be opened.
        await list(cacheBytes({ usage }))
        return EVERY
      }
    }
    const snapshot = await read(new Map())
    // Without a byte there is nothing to list.
    if (cacheBytes(snapshot) === 0) await list(0)
    return snapshot.took > LONG ? SELDOM : EVERY
  }

  return {
    read,
    async refresh() {
      const wait = await lookAgain()
      const old = before(0)
      if (old && listedBytes !== undefined) announce(old)
      return announced ? wait : MARGIN
    },
    before,
    cacheList: (snapshot) => (cacheList?.bytes === cacheBytes(snapshot) ? cacheList : null),
    get oldest() {
      return remembered[0]?.at ?? 0
    },
    stop: () => clearTimeout(timer),
  }
}
