import type { SessionEvent } from '../../../protocol/events'
import { isLastSeen, lastAmount } from '../table/progress'
import { type Change, createChanges } from './changes'
import type { RowKind } from './row-kind'
import type { Fetch, Row, TracedEvent } from './view'

export interface Rows {
  readonly all: readonly Row[]
  /** What changed since a version that this returned; -1 for all there is. */
  since(version: number): Change
  add(event: SessionEvent, fetch: Fetch | null, more?: More): Row
  remove(row: Row): void
  /** Sorts a row before those of this moment, which is earlier than its own: it led to them. What it says stays. */
  sortBefore(row: Row, at: number): void
  /** Gives rows from this moment on that came too early to a traced event that is known only now, and returns them. */
  claim(since: number, belongs: (row: Row) => boolean, traced: TracedEvent): readonly Row[]
  /** Gives rows of this traced event to the fetch that it is of. */
  reassign(traced: TracedEvent): void
  /** What was taken for a fetch of its own is this one: its rows are given to it, without those that only concerned the other. */
  join(before: Fetch, fetch: Fetch): void
  /** Gives a row that was of no fetch to one; returns what stands for it then. */
  give(row: Row, fetch: Fetch): Row
  /** Drops the oldest rows when there are more than the bound, a fifth of them at once. */
  trim(bound: number): void
  clear(): void
}

/** What a row says beside its event; see `Row`. */
export type More = Partial<Pick<Row, 'after' | 'kind' | 'traced' | 'note' | 'evidence'>>

/** Rows of a fetch whose end no page observed. */
const isUnseenEnd = (kind: RowKind): boolean => kind === 'ended-unseen' || kind === 'fetch-gone'

/** Kinds of which several events may share a row, so that it says something else later. */
export const isShared = (kind: RowKind): boolean =>
  kind === 'progress' || kind === 'storage-changed' || kind === 'console'

/** Changes of one store are one row while each comes so soon after the one before, in milliseconds. */
const PAUSE = 500
/** And as long as they are not spread over more than this, in milliseconds. */
const LONGEST = 5000

/** Less than clocks distinguish, in milliseconds. */
const INSTANT = 0.001

/** What changes after the event is another matter than what changes during it. */
const isAfterEvent = (at: number, fetch: Fetch | null): boolean =>
  fetch !== null && fetch.overAt !== null && at > fetch.overAt

const ofFetch = ({ key }: Fetch) => `fetch ${key}`
const ofConsole = (worker: string) => `console ${worker}`

/** Names the row that an event may share; null when it has one of its own. */
function subject({ body, at }: SessionEvent, fetch: Fetch | null): string | null {
  switch (body.type) {
    case 'progress':
      return fetch && ofFetch(fetch)
    case 'storage-changed':
      return JSON.stringify([
        body.origin,
        body.kind,
        body.name,
        body.store,
        fetch?.key,
        isAfterEvent(at, fetch),
      ])
    case 'console':
      return ofConsole(body.worker)
    default:
      return null
  }
}

/** Whether a row that has the same subject says this as well. */
function shares({ body, at }: SessionEvent, last: Row): boolean {
  const before = last.event.body
  switch (body.type) {
    case 'progress':
      return before.type === 'progress' && last.kind === 'progress'
    case 'storage-changed':
      return at >= last.event.at && at - last.event.at < PAUSE && at - last.at < LONGEST
    case 'console':
      return (
        before.type === 'console' &&
        at >= last.event.at &&
        before.text === body.text &&
        before.level === body.level &&
        before.event === body.event &&
        JSON.stringify(before.location) === JSON.stringify(body.location)
      )
    default:
      return false
  }
}

/** The log: rows in the order of their clock; what comes over and over shares a row. */
export function createRows(): Rows {
  let all: Row[] = []
  let key = 0
  const latest = new Map<string, Row>()
  const changes = createChanges()

  /** Where a row of this moment belongs: behind those of the same moment. */
  const placeOf = (order: number): number => {
    let low = 0
    let high = all.length
    // Most come in order.
    if ((all.at(-1)?.order ?? Number.NEGATIVE_INFINITY) <= order) return high
    while (low < high) {
      const middle = (low + high) >> 1
      if ((all[middle]?.order ?? 0) <= order) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    get all() {
      return all
    },
    since: (version) => changes.since(version, all.length),
    add(event, fetch, more = {}) {
      const { after = null, kind = event.body.type, traced = null, note = '', evidence = null } = more
      const name = subject(event, fetch)
      const last = name === null ? undefined : latest.get(name)
      if (last && kind === event.body.type && shares(event, last)) {
        last.event = event
        last.count++
        changes.updated(last)
        return last
      }
      const { at } = event
      const row: Row = {
        ...{ key: ++key, kind, at, order: at, event, fetch },
        ...{ count: 1, after, traced, note, evidence },
        ...(fetch && isUnseenEnd(kind) && isLastSeen(fetch) ? { lastSeen: lastAmount(fetch) } : {}),
      }
      const i = placeOf(at)
      if (i === all.length) all.push(row)
      else all.splice(i, 0, row)
      changes.from(i)
      // What happens between parts them.
      if (fetch) latest.set(ofFetch(fetch), row)
      if ('worker' in event.body) latest.delete(ofConsole(event.body.worker))
      if (name !== null) latest.set(name, row)
      return row
    },
    claim(since, belongs, traced) {
      const claimed: Row[] = []
      for (let i = all.length - 1; i >= 0; i--) {
        const row = all[i]
        if (!row || row.order < since) break
        if (!belongs(row)) continue
        const given: Row = { ...row, fetch: traced.fetch, traced, isEarly: true }
        all[i] = given
        for (const [name, one] of latest) if (one === row) latest.set(name, given)
        changes.from(i)
        claimed.push(given)
      }
      return claimed
    },
    reassign(traced) {
      for (const [i, row] of all.entries()) {
        if (row.traced !== traced) continue
        all[i] = { ...row, fetch: traced.fetch }
        changes.from(i)
      }
      latest.clear()
    },
    join(before, fetch) {
      for (const row of all.filter((one) => one.fetch === before)) {
        const i = all.indexOf(row)
        // What follows from the events is said anew.
        if (row.kind === 'verdict' || row.kind === 'ended-unseen') all.splice(i, 1)
        else all[i] = { ...row, fetch }
        changes.from(i)
      }
      latest.clear()
    },
    give(row, fetch) {
      const given = { ...row, fetch }
      const i = all.findLastIndex(({ key }) => key === row.key)
      if (i === -1) return row
      all[i] = given
      changes.from(i)
      return given
    },
    remove(row) {
      // Another object stands for it where it was given to another fetch.
      const i = all.findLastIndex(({ key }) => key === row.key)
      if (i === -1) return
      all.splice(i, 1)
      changes.from(i)
    },
    sortBefore(row, at) {
      const i = all.findLastIndex(({ key }) => key === row.key)
      const found = all[i]
      if (!found || found.order < at) return
      all.splice(i, 1)
      const sorted = { ...found, order: at - INSTANT }
      for (const [name, one] of latest) if (one === found) latest.set(name, sorted)
      const place = placeOf(sorted.order)
      all.splice(place, 0, sorted)
      changes.from(place)
    },
    trim(bound) {
      if (all.length <= bound) return
      all = all.slice(-Math.ceil(bound * 0.8))
      // A row that is gone takes nothing in any more.
      latest.clear()
      changes.from(0)
    },
    clear() {
      all = []
      latest.clear()
      changes.from(0)
    },
  }
}
