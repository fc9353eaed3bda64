import type { SessionEvent } from '../../protocol/events'
import type { Fetch, Row, TracedEvent } from './view'

export interface Rows {
  readonly all: readonly Row[]
  add(event: SessionEvent, fetch: Fetch | null, more?: More): Row
  remove(row: Row): void
  /** Gives rows that came too early to a traced event that is known only now, and returns them. */
  claim(belongs: (row: Row) => boolean, traced: TracedEvent): readonly Row[]
  clear(): void
}

/** What a row tells beside its event; see `Row`. */
export type More = Partial<Pick<Row, 'after' | 'kind' | 'traced' | 'note'>>

/** How far back a row may have to go: producers send within milliseconds of one another. */
const LATE = 500

/** The log: rows in the order of their clock, consecutive progress of a fetch in one row. */
export function createRows(): Rows {
  let all: Row[] = []
  let key = 0
  const lastOf = new Map<Fetch, Row>()

  return {
    get all() {
      return all
    },
    add(event, fetch, { after = null, kind = event.body.type, traced = null, note = '' } = {}) {
      const last = fetch ? lastOf.get(fetch) : undefined
      if (kind === 'progress' && last?.kind === 'progress') {
        last.event = event
        last.count++
        return last
      }
      const row: Row = { key: ++key, kind, at: event.at, event, fetch, count: 1, after, traced, note }
      let i = all.length
      while (i > 0 && all.length - i < LATE && (all[i - 1]?.at ?? 0) > event.at) i--
      if (i === all.length) all.push(row)
      else all.splice(i, 0, row)
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
        claimed.push(given)
      }
      return claimed
    },
    remove(row) {
      all = all.filter((one) => one !== row)
    },
    clear() {
      all = []
      lastOf.clear()
    },
  }
}
