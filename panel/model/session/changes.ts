import type { Row } from './view'

/** What became of the log since an earlier version of it. */
export interface Change {
  readonly version: number
  /** Rows before this index are the same ones, at the same places. */
  readonly from: number
  /** Rows that say something else than before. */
  readonly updated: readonly Row[]
}

export interface Changes {
  /** From this index on, rows are others. */
  from(index: number): void
  /** The row says something else, at the same place. */
  updated(row: Row): void
  /** What changed in a log of this length since a version that this returned; -1 for all there is. */
  since(version: number, length: number): Change
}

/** What changed between two questions. */
interface Stretch {
  from: number
  readonly updated: Set<Row>
}

/** How many stretches are kept apart, and how many updated rows; who asks for earlier ones starts anew. */
const STRETCHES = 200
const MAX_UPDATED = 2000

/** Keeps what changed for readers of any age, in bounded space however much changes. */
export function createChanges(): Changes {
  const untouched = (): Stretch => ({ from: Number.POSITIVE_INFINITY, updated: new Set() })
  /** The last one is going on; the first one began with version `first`. */
  const stretches: Stretch[] = [untouched()]
  let first = 0

  return {
    from(index) {
      const now = stretches.at(-1)
      if (now) now.from = Math.min(now.from, index)
    },
    updated(row) {
      const now = stretches.at(-1)
      if (now && now.updated.size < MAX_UPDATED) now.updated.add(row)
      else if (now) now.from = 0
    },
    since(version, length) {
      const all = version < first
      const newer = all ? [] : stretches.slice(version - first)
      const from = all ? 0 : Math.min(length, ...newer.map((stretch) => stretch.from))
      const updated = new Set(newer.flatMap((stretch) => [...stretch.updated]))
      const last = stretches.at(-1)
      // Nothing has changed since somebody asked: the answer has the same version.
      if (last && (last.from < Number.POSITIVE_INFINITY || last.updated.size > 0)) stretches.push(untouched())
      if (stretches.length > STRETCHES) {
        stretches.shift()
        first++
      }
      return { version: first + stretches.length - 1, from, updated: [...updated] }
    },
  }
}
