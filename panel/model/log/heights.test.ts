import { expect, test } from 'vitest'
import { below, randomOf } from '../streams/random.fixture'
import { createHeights } from './heights'

/** The same by adding up. */
const topOf = (list: readonly number[], index: number) => list.slice(0, index).reduce((a, b) => a + b, 0)

test('an empty list has no height', () => {
  const heights = createHeights()
  expect([heights.total, heights.top(0), heights.at(100)]).toEqual([0, 0, 0])
})

test('finds the row at a distance, and the last one behind the end', () => {
  const heights = createHeights()
  for (const [i, height] of [20, 40, 20].entries()) heights.lengthen(i + 1, height)
  expect([0, 19.5, 20, 59, 60, 79, 80, 1000].map(heights.at)).toEqual([0, 0, 1, 1, 2, 2, 2, 2])
})

test('grows as long as it has to, and again after it was cut', () => {
  const heights = createHeights()
  for (const rows of [1500, 5000]) {
    heights.cut(3)
    while (heights.length < rows) heights.lengthen(heights.length + 1, heights.length % 2 === 0 ? 20 : 40)
    expect([heights.length, heights.total]).toEqual([rows, rows * 30])
    expect([heights.top(1400), heights.at(1400 * 30), heights.of(rows)]).toEqual([1400 * 30, 1400, 0])
  }
})

test('always agrees with adding up', () => {
  const random = randomOf(7)
  const heights = createHeights()
  const list: number[] = []
  for (let step = 0; step < 3000; step++) {
    const dice = random()
    const height = 10 + below(random, 50)
    if (dice < 0.6 || list.length === 0) {
      const more = 1 + below(random, dice < 0.3 ? 1 : 100)
      heights.lengthen(list.length + more, height)
      for (let i = 0; i < more; i++) list.push(height)
    } else if (dice < 0.97) {
      const index = below(random, list.length)
      heights.set(index, height)
      list[index] = height
    } else {
      list.length = below(random, list.length + 1)
      heights.cut(list.length)
    }
    const index = below(random, list.length + 1)
    expect(heights.top(index)).toBe(topOf(list, index))
    if (index < list.length) expect(heights.at(heights.top(index))).toBe(index)
    expect(heights.length).toBe(list.length)
  }
  expect(heights.total).toBe(topOf(list, list.length))
})
