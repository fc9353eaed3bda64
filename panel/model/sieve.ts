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
  /** Answers for rows that may come to tell something else. */
  const answers = new WeakMap<Row, boolean>()
  let version = -1

  const test = (row: Row): boolean => {
    const answer = passes(row)
    if (row.kind === 'progress') answers.set(row, answer)
    return answer
  }

  return {
    get rows() {
      return rows
    },
    update() {
      const change = source.since(version)
      version = change.version
      const differs = change.retold.some((row) => answers.has(row) && answers.get(row) !== test(row))
      const start = differs ? 0 : change.from
      let kept = places.length
      while (kept > 0 && (places[kept - 1] ?? 0) >= start) kept--
      rows = kept === 0 ? [] : rows
      places = kept === 0 ? [] : places
      rows.length = kept
      places.length = kept
      for (let i = start; i < source.rows.length; i++) {
        const row = source.rows[i]
        if (!row || !test(row)) continue
        rows.push(row)
        places.push(i)
      }
      return kept
    },
  }
}

/** A log as it is now, whatever comes. */
export function frozen(source: Source): Source {
  const rows = [...source.rows]
  return { rows, since: (version) => ({ version: 0, from: version < 0 ? 0 : rows.length, retold: [] }) }
}
