import type { Rows } from '../rows-in-view'

/** Height of a row, and of the table's head, in CSS pixels. */
export const ROW = 24
/** Height of a row with a second line, in CSS pixels. */
export const TALL_ROW = 34

/** The rows that are drawn, by index in ascending order, and where the first of them stands, in CSS pixels. */
interface Drawn {
  readonly rows: readonly number[]
  readonly top: number
}

/**
 * The rows that are drawn, one right under the other.
 *
 * @param pinned a row that is drawn wherever it is, so that the focus is not lost by scrolling: out of view, before
 * the others or after them
 */
export function drawnRows({ start, end }: Rows, count: number, pinned: number, row = ROW): Drawn {
  const last = Math.min(end, count)
  const first = Math.max(0, Math.min(start, last - 1))
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i)
  if (pinned >= last && pinned < count) rows.push(pinned)
  const before = pinned >= 0 && pinned < first
  if (before) rows.unshift(pinned)
  return { rows, top: (before ? first - 1 : first) * row }
}
