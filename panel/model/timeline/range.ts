import type { Range } from './axis'
import type { FoldedClock } from './folded-clock'

/** Nearer than this nobody can look, in milliseconds. */
const NEAREST = 4
/** Room that is left around what is fitted, as a share of it. */
const MARGIN = 0.02

/** The range of so many milliseconds of the clock's own time, from a place on. */
const rangeAt = (clock: FoldedClock, left: number, width: number): Range => ({
  from: clock.time(left),
  to: clock.time(left + width),
})

/**
 * Shows a stretch of time, whole.
 *
 * @param room what is left free at its right end, as a share of the width
 */
export function fitTo(clock: FoldedClock, start: number, end: number, room = MARGIN): Range {
  const left = clock.place(start)
  const length = Math.max(clock.place(end) - left, NEAREST)
  return rangeAt(clock, left - length * MARGIN, (length * (1 + MARGIN)) / (1 - room))
}

/** Never further away than all there is, never beside it. */
function within(clock: FoldedClock, left: number, width: number): Range {
  const all = Math.max(clock.place(clock.end), NEAREST)
  const wide = Math.max(NEAREST, Math.min(width, all * 1.2))
  return rangeAt(clock, Math.max(-wide / 2, Math.min(left, all - wide / 2)), wide)
}

/** Makes what is in view so many times as wide, around a place in it: 0 is its left end, 1 its right one. */
export function zoom(clock: FoldedClock, { from, to }: Range, times: number, around = 0.5): Range {
  const left = clock.place(from)
  const width = clock.place(to) - left
  const wide = Math.max(NEAREST, width * times)
  return within(clock, left + (width - wide) * around, wide)
}

/** Moves what is in view by a share of its width. */
export function pan(clock: FoldedClock, { from, to }: Range, share: number): Range {
  const left = clock.place(from)
  const width = clock.place(to) - left
  return within(clock, left + width * share, width)
}

/** Moves what is in view to a stretch of time, unless some of it is to be seen already. */
export function reveal(clock: FoldedClock, range: Range, start: number, end: number): Range {
  if (end >= range.from && start <= range.to) return range
  const width = clock.place(range.to) - clock.place(range.from)
  return within(clock, clock.place(start) - width / 10, width)
}
