import type { Fetch, Row } from '../session/view'

/** The row of a fetch that says what a bar shows: what began it, else what ended it; undefined where the log has neither. */
export function rowAt(
  rows: readonly Row[],
  fetch: Fetch,
  { start, end }: { readonly start: number; readonly end: number | null },
): Row | undefined {
  const own = rows.filter((row) => row.fetch === fetch)
  return own.find(({ at }) => at === start) ?? own.find(({ at }) => at === end)
}
