import type { Change } from '../session/changes'
import { isShared } from '../session/rows'
import type { Row } from '../session/view'

/** A log that reports what became of it. */
export interface Source {
  readonly rows: readonly Row[]
  since(version: number): Change
}

export interface FilteredRows {
  readonly rows: readonly Row[]
  /** Takes in what changed; returns the index from which on its rows may be others than before. */
  update(): number
}

/** All rows of a log. */
export function createAllRows(source: Source): FilteredRows {
  let version = -1
  return {
    get rows() {
      return source.rows
    },
    update() {
      const change = source.since(version)
      version = change.version
      return change.from
    },
  }
}

/** The rows of a log that pass a test. Each is tested once, and again when it says something else. */
export function createFilteredRows(source: Source, passes: (row: Row) => boolean): FilteredRows {
  let rows: Row[] = []
  /** Where each of them stands in the log; made once, as a list of numbers would be work for the collector. */
  let places = new Int32Array(1024)
  /** Keys of those that may come to tell something else. */
  const passed = new Set<number>()
  let version = -1

  /** Whether a row that says something else is shown, and was not, or the other way round. */
  const differs = (row: Row, from: number): boolean =>
    passes(row) !== passed.has(row.key) && !source.rows.includes(row, from)

  return {
    get rows() {
      return rows
    },
    update() {
      const change = source.since(version)
      version = change.version
      const start = change.updated.some((row) => differs(row, change.from)) ? 0 : change.from
      let from = rows.length
      while (from > 0 && (places[from - 1] ?? 0) >= start) from--
      for (let i = from; passed.size > 0 && i < rows.length; i++) passed.delete(rows[i]?.key ?? -1)
      const all = source.rows
      // As long as it may become, at once: a list that grows is made over and over.
      if (from === 0) rows = new Array(start === 0 ? all.length : 0)
      let count = from
      if (places.length < all.length) {
        const longer = new Int32Array(2 * all.length)
        longer.set(places)
        places = longer
      }
      for (let i = start; i < all.length; i++) {
        const row = all[i]
        if (!row || !passes(row)) continue
        places[count] = i
        rows[count++] = row
        if (isShared(row.kind)) passed.add(row.key)
      }
      rows.length = count
      return from
    },
  }
}

/** A log as it is now, whatever comes: also what comes to a row that several events share. */
export function frozen(source: Source): Source {
  const rows = source.rows.map((row) => (isShared(row.kind) ? { ...row } : row))
  return { rows, since: (version) => ({ version: 0, from: version < 0 ? 0 : rows.length, updated: [] }) }
}
