import type { Change } from './rows'
import type { Row } from './view'

/** A log that tells what became of it. */
export interface Source {
  readonly rows: readonly Row[]
  since(version: number): Change
}

export interface Sieve {
  readonly rows: readonly Row[]
  /** Takes in what changed; returns the index from which on its rows may be others than before. */
  update(): number
}

/** All rows of a log. */
export function createWhole(source: Source): Sieve {
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

/** The rows of a log that pass a test. Each is tested once, and again when it tells something else. */
export function createSieve(source: Source, passes: (row: Row) => boolean): Sieve {
  let rows: Row[] = []
  /** Where each of them stands in the log. */
  let places: number[] = []
  /** Keys of those that may come to tell something else. */
  const kept = new Set<number>()
  let version = -1

  /** Whether a row that tells something else is shown, and was not, or the other way round. */
  const differs = (row: Row, from: number): boolean =>
    passes(row) !== kept.has(row.key) && !source.rows.includes(row, from)

  return {
    get rows() {
      return rows
    },
    update() {
      const change = source.since(version)
      version = change.version
      const start = change.retold.some((row) => differs(row, change.from)) ? 0 : change.from
      let from = places.length
      while (from > 0 && (places[from - 1] ?? 0) >= start) from--
      for (const row of rows.slice(from)) kept.delete(row.key)
      rows = from === 0 ? [] : rows
      places = from === 0 ? [] : places
      rows.length = from
      places.length = from
      const all = source.rows
      for (let i = start; i < all.length; i++) {
        const row = all[i]
        if (!row || !passes(row)) continue
        rows.push(row)
        places.push(i)
        if (row.kind === 'progress') kept.add(row.key)
      }
      return from
    },
  }
}

/** A log as it is now, whatever comes. */
export function frozen(source: Source): Source {
  const rows = [...source.rows]
  return { rows, since: (version) => ({ version: 0, from: version < 0 ? 0 : rows.length, retold: [] }) }
}
