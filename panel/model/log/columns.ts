/** The columns of the log that have a width of their own; what happened gets the rest. */
export const logColumnIds = ['time', 'delta', 'source', 'fetch'] as const
export type LogColumnId = (typeof logColumnIds)[number]

interface Width {
  /** In CSS pixels. */
  readonly usual: number
  readonly min: number
}

export const logColumns: Readonly<Record<LogColumnId, Width>> = {
  time: { usual: 98, min: 40 },
  delta: { usual: 68, min: 32 },
  source: { usual: 62, min: 24 },
  fetch: { usual: 132, min: 40 },
}

/** No column is wider, in CSS pixels. */
const MAX = 600

/** Widths that were chosen, in CSS pixels; a column that is not named has its usual one. */
export type LogWidths = Readonly<Partial<Record<LogColumnId, number>>>

/** How wide a column is, in CSS pixels. */
export const logWidthOf = (id: LogColumnId, widths: LogWidths): number => widths[id] ?? logColumns[id].usual

/** The widths with one column made so wide, as far as it may be; `null` for its usual width. */
export function withLogWidth(widths: LogWidths, id: LogColumnId, width: number | null): LogWidths {
  const { [id]: _, ...others } = widths
  if (width === null) return others
  return { ...others, [id]: Math.round(Math.max(logColumns[id].min, Math.min(MAX, width))) }
}
