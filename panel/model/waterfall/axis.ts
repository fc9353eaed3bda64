/** Round spans between the lines of an axis, in milliseconds, the smallest first. */
const steps = [0.1, 1, 10, 100, 1000, 10_000, 100_000].flatMap((unit) => [unit, 2 * unit, 5 * unit])

/**
 * Round times for the lines of an axis, in milliseconds; zero is among them when it is in view.
 *
 * @param from its left end, in milliseconds from the zero line
 * @param to its right end
 * @param most how many lines have room
 */
export function ticksOf(from: number, to: number, most: number): readonly number[] {
  const least = (to - from) / Math.max(1, most)
  const step = steps.find((step) => step >= least) ?? Math.ceil(least / 60_000) * 60_000
  const first = Math.ceil(from / step)
  const last = Math.floor(to / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
}
