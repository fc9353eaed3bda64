import type { SessionEvent } from '../../protocol/events'
import type { Fetch, Row, TracedEvent } from './view'

/** What became of the log since an earlier version of it. */
export interface Change {
  readonly version: number
  /** Rows before this index are the same ones, at the same places. */
  readonly from: number
  /** Rows that tell something else than before. */
  readonly retold: readonly Row[]
}

export interface Rows {
  readonly all: readonly Row[]
  /** What changed since a version that this told; -1 for all there is. */
  since(version: number): Change
  add(event: SessionEvent, fetch: Fetch | null, more?: More): Row
  remove(row: Row): void
  /** Gives rows that came too early to a traced event that is known only now, and returns them. */
  claim(belongs: (row: Row) => boolean, traced: TracedEvent): readonly Row[]
  /** Lets go of the oldest rows when there are more than the bound, a fifth of them at once. */
  trim(bound: number): void
  clear(): void
}

/** What a row tells beside its event; see `Row`. */
export type More = Partial<Pick<Row, 'after' | 'kind' | 'traced' | 'note' | 'evidence'>>

/** How far back a row may have to go: producers send within milliseconds of one another. */
const LATE = 500

/** How many changes are kept for those who ask; who asks later starts anew. */
const CHANGES = 2000

/** The log: rows in the order of their clock, consecutive progress of a fetch in one row. */
export function createRows(): Rows {
  let all: Row[] = []
  let key = 0
  const lastOf = new Map<Fetch, Row>()
  /** The index from which on the rows are others, or the row that tells something else. */
  const changes: (number | Row)[] = []
  /** The version that the first of the changes led to. */
  let first = 1

  const changed = (what: number | Row) => {
    changes.push(what)
    if (changes.length < 2 * CHANGES) return
    changes.splice(0, CHANGES)
    first += CHANGES
  }

  return {
    get all() {
      return all
    },
    since(version) {
      const now = first + changes.length - 1
      if (version < first - 1) return { version: now, from: 0, retold: [] }
      let from = all.length
      const retold: Row[] = []
      for (let i = version - first + 1; i < changes.length; i++) {
        const what = changes[i]
        if (typeof what === 'number') from = Math.min(from, what)
        else if (what) retold.push(what)
      }
      return { version: now, from, retold }
    },
    add(event, fetch, more = {}) {
      const { after = null, kind = event.body.type, traced = null, note = '', evidence = null } = more
      const last = fetch ? lastOf.get(fetch) : undefined
      if (kind === 'progress' && last?.kind === 'progress') {
        last.event = event
        last.count++
        changed(last)
        return last
      }
      const row: Row = {
        key: ++key,
        kind,
        at: event.at,
        event,
        fetch,
        count: 1,
        after,
        traced,
        note,
        evidence,
      }
      let i = all.length
      while (i > 0 && all.length - i < LATE && (all[i - 1]?.at ?? 0) > event.at) i--
      if (i === all.length) all.push(row)
      else all.splice(i, 0, row)
      changed(i)
      if (fetch) lastOf.set(fetch, row)
      return row
    },
    claim(belongs, traced) {
      const claimed: Row[] = []
      for (let i = all.length - 1; i >= 0 && all.length - i < LATE; i--) {
        const row = all[i]
        if (!row || !belongs(row)) continue
        const given = { ...row, fetch: traced.fetch, traced }
        all[i] = given
        changed(i)
        claimed.push(given)
      }
      return claimed
    },
    remove(row) {
      const i = all.lastIndexOf(row)
      if (i === -1) return
      all.splice(i, 1)
      changed(i)
    },
    trim(bound) {
      if (all.length <= bound) return
      all = all.slice(-Math.ceil(bound * 0.8))
      changed(0)
    },
    clear() {
      all = []
      changed(0)
      lastOf.clear()
    },
  }
}
