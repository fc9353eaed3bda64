/** The heights of a long list's rows. Every question is answered in a time that grows with the logarithm of its length. */
export interface Heights {
  readonly length: number
  /** Height of all rows together. */
  readonly total: number
  of(index: number): number
  /** Where a row begins. */
  top(index: number): number
  /** The row at this distance from the beginning; the last one for what lies after it. */
  at(distance: number): number
  set(index: number, height: number): void
  push(height: number): void
  /** Forgets the rows from this one on. */
  cut(length: number): void
}

/** A Fenwick tree: each node holds the sum of as many rows before it as its lowest set bit says. */
export function createHeights(): Heights {
  const heights: number[] = []
  /** Counted from 1. */
  const sums: number[] = [0]

  const top = (index: number): number => {
    let sum = 0
    for (let i = Math.min(index, heights.length); i > 0; i -= i & -i) sum += sums[i] ?? 0
    return sum
  }

  return {
    get length() {
      return heights.length
    },
    get total() {
      return top(heights.length)
    },
    of: (index) => heights[index] ?? 0,
    top,
    at(distance) {
      let index = 0
      let left = distance
      for (let step = 2 ** Math.floor(Math.log2(heights.length || 1)); step >= 1; step /= 2) {
        const sum = sums[index + step]
        if (index + step > heights.length || sum === undefined || sum > left) continue
        index += step
        left -= sum
      }
      return Math.max(0, Math.min(index, heights.length - 1))
    },
    set(index, height) {
      const more = height - (heights[index] ?? 0)
      heights[index] = height
      for (let i = index + 1; i <= heights.length; i += i & -i) sums[i] = (sums[i] ?? 0) + more
    },
    push(height) {
      heights.push(height)
      const i = heights.length
      let sum = height
      for (let step = 1; step < (i & -i); step *= 2) sum += sums[i - step] ?? 0
      sums.push(sum)
    },
    cut(length) {
      heights.length = Math.min(heights.length, length)
      sums.length = heights.length + 1
    },
  }
}
