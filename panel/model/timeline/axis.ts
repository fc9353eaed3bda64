import { timeOfDay } from '../format'
import type { Fold, FoldedClock } from './folded-clock'

/** What is in view of a clock, in epoch milliseconds. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A mark of the axis: where it stands, from 0 to 1, and what it says. */
export interface Mark {
  readonly at: number
  readonly x: number
  readonly label: string
}

/** A fold in view, from 0 to 1. */
export interface FoldMark extends Fold {
  readonly left: number
  readonly right: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 30].map((n) => n * MINUTE),
  ...[1, 2, 6, 12, 24].map((n) => n * HOUR),
]

/** The smallest step that leaves room for the label. */
const stepFor = (room: number): number => steps.find((step) => step >= room) ?? Math.ceil(room / HOUR) * HOUR

/** A moment with as many digits as the step needs. */
function labelOf(at: number, step: number): string {
  const time = timeOfDay(at)
  if (step >= MINUTE) return time.slice(0, 5)
  return step >= SECOND ? time.slice(0, 8) : time
}

/** Where a moment stands in what is in view: 0 is its left end, 1 its right one. */
export function scale(clock: FoldedClock, { from, to }: Range): (at: number) => number {
  const left = clock.place(from)
  const width = clock.place(to) - left || 1
  return (at) => (clock.place(at) - left) / width
}

/** The folds that are in view. */
export function foldsIn(clock: FoldedClock, range: Range): FoldMark[] {
  const x = scale(clock, range)
  return clock.folds
    .filter(({ start, end }) => end > range.from && start < range.to)
    .map((fold) => ({ ...fold, left: x(fold.start), right: x(fold.end) }))
}

/**
 * The marks of the axis: at round times of day, and where a folded clock goes on.
 *
 * @param gap how much room a mark needs to its right, as a share of the width
 */
export function marksIn(clock: FoldedClock, range: Range, gap: number): Mark[] {
  const x = scale(clock, range)
  const step = stepFor((clock.place(range.to) - clock.place(range.from)) * gap)
  const folds = foldsIn(clock, range)
  const marks: Mark[] = []
  const zone = new Date(range.from).getTimezoneOffset() * MINUTE
  const add = (at: number, label: string) => {
    const place = x(at)
    if (place < 0 || place + gap > 1 || marks.some((mark) => Math.abs(mark.x - place) < gap)) return
    marks.push({ at, x: place, label })
  }
  for (const { end } of folds) if (end < range.to) add(end, labelOf(end, Math.min(step, SECOND)))
  for (let i = 0; i <= folds.length; i++) {
    const start = Math.max(range.from, folds[i - 1]?.end ?? range.from)
    const end = Math.min(range.to, folds[i]?.start ?? range.to)
    for (let at = Math.ceil((start - zone) / step) * step + zone; at <= end; at += step) {
      add(at, labelOf(at, step))
    }
  }
  return marks.sort((a, b) => a.x - b.x)
}
