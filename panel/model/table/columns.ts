/** The columns of the table of fetches, in their order. */
export const columnIds = [
  'id',
  'progress',
  'state',
  'handler',
  'verdict',
  'scope',
  'origin',
  'started',
  'duration',
] as const
export type ColumnId = (typeof columnIds)[number]

interface ColumnKind {
  /** The least width in which it says something, in CSS pixels. */
  readonly min: number
  /** The width in which nothing usual is cut: it has that where there is room and nobody has changed a width. */
  readonly full?: number
  /** Its share of the width, among those of the others. */
  readonly weight: number
  /** Columns of higher numbers go first where there is no room. */
  readonly rank: number
}

export const columnKinds: Readonly<Record<ColumnId, ColumnKind>> = {
  id: { min: 82, full: 124, weight: 190, rank: 0 },
  state: { min: 126, weight: 156, rank: 1 },
  verdict: { min: 96, full: 116, weight: 120, rank: 2 },
  progress: { min: 66, weight: 90, rank: 3 },
  handler: { min: 84, weight: 106, rank: 4 },
  scope: { min: 56, weight: 90, rank: 5 },
  duration: { min: 56, weight: 70, rank: 6 },
  started: { min: 64, weight: 88, rank: 7 },
  origin: { min: 72, weight: 120, rank: 8 },
}

/** The width in which nothing usual is cut. */
const fullOf = (id: ColumnId): number => columnKinds[id].full ?? columnKinds[id].min

/** The least width of columns. A second line in each row stands in for the handler's: that column is there only where none is cut. */
const leastWidth = (ids: readonly ColumnId[]): number =>
  ids.reduce((sum, id) => sum + (ids.includes('handler') ? fullOf(id) : columnKinds[id].min), 0)

/** Weights that a person has changed. */
export type Weights = Readonly<Partial<Record<ColumnId, number>>>

/** A column and its width in CSS pixels. */
export interface PlacedColumn {
  readonly id: ColumnId
  readonly width: number
}

const weightOf = (id: ColumnId, weights: Weights): number => weights[id] ?? columnKinds[id].weight

/**
 * Distributes the width that there is. Columns for which there is no room are left out, the least important first;
 * no column is narrower than its least width, unless it is the only one.
 *
 * @param shown the columns that are wanted
 * @param width in CSS pixels
 */
export function placeColumns(
  shown: readonly ColumnId[],
  weights: Weights,
  width: number,
): readonly PlacedColumn[] {
  const fitting = [...shown].sort((a, b) => columnKinds[a].rank - columnKinds[b].rank)
  while (fitting.length > 1 && leastWidth(fitting) > width) fitting.pop()
  const ids = columnIds.filter((id) => fitting.includes(id))
  const roomy = Object.keys(weights).length === 0 && ids.reduce((sum, id) => sum + fullOf(id), 0) <= width
  const leastOf = (id: ColumnId) => (roomy ? fullOf(id) : columnKinds[id].min)
  // Those that would be too narrow get their least width; the others share what remains.
  const fixed = new Set<ColumnId>()
  for (;;) {
    const free = ids.filter((id) => !fixed.has(id))
    const taken = ids.reduce((sum, id) => sum + (fixed.has(id) ? leastOf(id) : 0), 0)
    const total = free.reduce((sum, id) => sum + weightOf(id, weights), 0)
    const widthOf = (id: ColumnId) => ((width - taken) * weightOf(id, weights)) / total
    const narrow = free.filter((id) => widthOf(id) < leastOf(id))
    if (narrow.length === 0 || narrow.length === free.length) {
      return ids.map((id) => ({ id, width: fixed.has(id) ? leastOf(id) : widthOf(id) }))
    }
    for (const id of narrow) fixed.add(id)
  }
}

/**
 * Moves the edge between a column and the next one; the others keep their widths. Returns the weights of all that
 * are shown.
 *
 * @param by how far to the right, in CSS pixels
 */
export function moveEdge(placed: readonly PlacedColumn[], left: ColumnId, by: number): Weights {
  const at = placed.findIndex(({ id }) => id === left)
  const [one, next] = [placed[at], placed[at + 1]]
  const weights = Object.fromEntries(placed.map(({ id, width }) => [id, width]))
  if (!one || !next) return weights
  const most = Math.max(0, next.width - columnKinds[next.id].min)
  const least = Math.min(0, columnKinds[one.id].min - one.width)
  const moved = Math.max(least, Math.min(most, by))
  return { ...weights, [one.id]: one.width + moved, [next.id]: next.width - moved }
}
