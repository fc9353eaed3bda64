import { LATER_CHANGES } from '../../../protocol/storage-events'
import { now } from '../../../wire/clock'
import { cacheBytes } from './entries'
import type { Snapshot } from './stored'

/**
 * How long a change waits before the storage is read the first and second time, and each further one, in milliseconds: what
 * changes meanwhile is read with it. The first one is long enough for a fetch to begin that the change was made for.
 */
const WAITS = [1200, 5000]
const FURTHER = 20_000
/** Of so many fetches the storage may be read again; of the latest. */
const MAX_FETCHES = 5

/** Reads the storage again for fetches that have ended, when it changes later. */
export interface LaterReadings<T extends object> {
  /** The storage was read for the last time after the event of a fetch. `snapshot` is what was read. */
  add(fetch: T, snapshot: Snapshot | undefined): void
  /** Another fetch of the origin began or ended: what changes from now on may be its work. */
  otherFetch(): void
  /** The storage changed, as the browser reports at this moment, in epoch milliseconds. */
  changed(at: number): void
  /** What was read while nothing runs: it may show a change that the browser did not report. */
  compare(snapshot: Snapshot): void
  /** Whether the storage may be read for this fetch still: no other one has begun or ended. */
  isOpen(fetch: T): boolean
  /** The storage was read again for a fetch. */
  wasRead(fetch: T, snapshot: Snapshot): void
  stop(): void
}

interface Ended {
  readonly until: number
  snapshot: Snapshot | undefined
  readings: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Whether something is added, removed or other in the second snapshot, as far as both were read. */
function differs(first: Snapshot, second: Snapshot): boolean {
  if (cacheBytes(first) !== cacheBytes(second)) return true
  if (first.items.size !== second.items.size) return true
  for (const [key, { mark }] of second.items) {
    const before = first.items.get(key)
    if (!before || (before.mark !== mark && before.mark !== null && mark !== null)) return true
  }
  return false
}

/** @param read reads the storage for a fetch, of a change that was seen at this moment */
export function createLaterReadings<T extends object>(
  read: (fetch: T, changedAt: number) => void,
): LaterReadings<T> {
  const ended = new Map<T, Ended>()
  let changedAt = Number.NEGATIVE_INFINITY

  const forget = () => {
    for (const { timer } of ended.values()) clearTimeout(timer)
    ended.clear()
  }

  const note = (fetch: T, one: Ended, at: number) => {
    if (at > one.until) {
      // An earlier change still waits to be read.
      if (one.timer === undefined) ended.delete(fetch)
      return
    }
    if (one.timer !== undefined) return
    const wait = WAITS[one.readings] ?? FURTHER
    one.readings++
    one.timer = setTimeout(() => {
      one.timer = undefined
      read(fetch, at)
    }, wait)
  }

  return {
    add(fetch, snapshot) {
      const one: Ended = { until: now() + LATER_CHANGES, snapshot, readings: 0, timer: undefined }
      ended.set(fetch, one)
      // It came while the storage was read.
      if (snapshot && changedAt >= snapshot.at) note(fetch, one, changedAt)
      const [oldest] = ended.keys()
      if (ended.size > MAX_FETCHES && oldest) ended.delete(oldest)
    },
    otherFetch: forget,
    changed(at) {
      changedAt = at
      for (const [fetch, one] of ended) note(fetch, one, at)
    },
    compare(snapshot) {
      for (const [fetch, one] of ended) {
        const before = one.snapshot
        one.snapshot = snapshot
        if (before && snapshot.at > before.at && differs(before, snapshot)) note(fetch, one, snapshot.at)
      }
    },
    isOpen: (fetch) => ended.has(fetch),
    wasRead(fetch, snapshot) {
      const one = ended.get(fetch)
      if (one) one.snapshot = snapshot
    },
    stop: forget,
  }
}
