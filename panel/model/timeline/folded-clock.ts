/** A stretch in which nothing ran, drawn shorter than it was. */
export interface Fold {
  readonly start: number
  readonly end: number
}

/** Places on a clock that runs slower where nothing happens: milliseconds of busy time since its start. */
export interface FoldedClock {
  readonly start: number
  readonly end: number
  readonly folds: readonly Fold[]
  /** Where a moment stands. */
  place(at: number): number
  /** Which moment stands there. */
  time(place: number): number
}

/** Shorter pauses are left as they are, in milliseconds. */
const SHORT = 2000
/** All folds together take at most this share of the busy time, */
const SHARE = 0.5
/** and one of them at most this one. */
const WIDEST = 0.08
/** A pause that is less than this many times longer than its part of the share is left as it is. */
const WORTH = 3

interface Knot {
  readonly at: number
  readonly place: number
}

/** Piecewise linear from one of a knot's numbers to the other; with slope 1 outside. */
function interpolate(knots: readonly Knot[], from: keyof Knot, to: keyof Knot, value: number): number {
  let low = 0
  let high = knots.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((knots[middle]?.[from] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  const a = knots[low]
  const b = knots[low + 1]
  if (!a) return value
  if (!b || value < a[from]) return a[to] + (value - a[from])
  return a[to] + ((value - a[from]) / (b[from] - a[from])) * (b[to] - a[to])
}

/** When something ran, in order and without overlaps. */
function busy(stretches: readonly Fold[]): Fold[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

/** A clock for stretches of which some lie days apart: long pauses between them are folded. */
export function foldedClock(stretches: readonly Fold[]): FoldedClock {
  const parts = busy(stretches)
  const start = parts[0]?.start ?? 0
  const total = parts.reduce((sum, { start, end }) => sum + end - start, 0)
  const part = Math.max((total * SHARE) / Math.max(1, parts.length - 1), 1)
  const width = Math.max(Math.min(part, total * WIDEST), 1)
  const folds: Fold[] = []
  const knots: Knot[] = [{ at: start, place: 0 }]
  let place = 0
  let before = start
  for (const ran of parts) {
    const pause = ran.start - before
    const folded = pause > SHORT && pause > WORTH * part
    if (folded) {
      if (before > start) knots.push({ at: before, place })
      place += width
      folds.push({ start: before, end: ran.start })
      knots.push({ at: ran.start, place })
    } else place += pause
    place += ran.end - ran.start
    before = ran.end
  }
  return {
    start,
    end: before,
    folds,
    place: (at) => interpolate(knots, 'at', 'place', at),
    time: (at) => interpolate(knots, 'place', 'at', at),
  }
}
