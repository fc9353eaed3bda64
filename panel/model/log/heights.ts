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
  /** Adds rows of one height, until there are so many. */
  lengthen(length: number, height: number): void
  /** Forgets the rows from this one on. */
  cut(length: number): void
}

/** The same numbers in a longer array. */
function longer(numbers: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length)
  copy.set(numbers)
  return copy
}

/**
 * A Fenwick tree: each node holds the sum of as many rows before it as its lowest set bit says. It is filled anew
 * with each letter that is typed into the filter, so its arrays are made once, and are no work for the collector.
 */
export function createHeights(): Heights {
  let length = 0
  let heights = new Float64Array(1024)
  /** Counted from 1. */
  let sums = new Float64Array(1025)

  const top = (index: number): number => {
    let sum = 0
    for (let i = Math.min(index, length); i > 0; i -= i & -i) sum += sums[i] ?? 0
    return sum
  }

  return {
    get length() {
      return length
    },
    get total() {
      return top(length)
    },
    of: (index) => (index < length ? (heights[index] ?? 0) : 0),
    top,
    at(distance) {
      let index = 0
      let left = distance
      for (let step = 2 ** Math.floor(Math.log2(length || 1)); step >= 1; step /= 2) {
        const sum = sums[index + step]
        if (index + step > length || sum === undefined || sum > left) continue
        index += step
        left -= sum
      }
      return Math.max(0, Math.min(index, length - 1))
    },
    set(index, height) {
      const more = height - (heights[index] ?? 0)
      heights[index] = height
      for (let i = index + 1; i <= length; i += i & -i) sums[i] = (sums[i] ?? 0) + more
    },
    lengthen(to, height) {
      const before = length
      if (to <= before) return
      if (to > heights.length) {
        const room = 2 ** Math.ceil(Math.log2(to))
        heights = longer(heights, room)
        sums = longer(sums, room + 1)
      }
      heights.fill(height, before, to)
      length = to
      for (let i = before + 1; i <= to; i++) {
        const first = i - (i & -i)
        // A node that holds only rows of this height is known without its parts.
        if (first >= before) sums[i] = (i - first) * height
        else sums[i] = (i - before) * height + top(before) - top(first)
      }
    },
    cut(to) {
      length = Math.min(length, to)
    },
  }
}
