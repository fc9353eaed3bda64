import type { SessionEvent } from '../../protocol/events'
import type { Fetch, Row, RowKind } from './view'

export interface Rows {
  readonly all: readonly Row[]
  add(event: SessionEvent, fetch: Fetch | null, after?: number | null, kind?: RowKind): void
  clear(): void
}

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
    add(event, fetch, after = null, kind = event.body.type) {
      const last = fetch ? lastOf.get(fetch) : undefined
      if (kind === 'progress' && last?.kind === 'progress') {
        last.event = event
        last.count++
        return
      }
      const row: Row = { key: ++key, kind, at: event.at, event, fetch, count: 1, after }
      let i = all.length
      while (i > 0 && all.length - i < LATE && (all[i - 1]?.at ?? 0) > event.at) i--
      if (i === all.length) all.push(row)
      else all.splice(i, 0, row)
      if (fetch) lastOf.set(fetch, row)
    },
    clear() {
      all = []
      lastOf.clear()
    },
  }
}
