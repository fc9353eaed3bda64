import { expect, test } from 'vitest'
import type { Heading } from '../../model/log/groups'
import { createRowLayout } from './row-layout'

/** A list of so many lines, as the one of the number `serial` of a log. */
function listOf(keys: readonly string[], serial: number, from = 0) {
  const list = keys.map((key): Heading => ({ key, fetch: null, count: 0, open: true }))
  return { list, serial, from, revision: 0 }
}

/** Three lines of a log that is wide. */
function threeLines() {
  const layout = createRowLayout()
  layout.resize(800)
  layout.update(listOf(['a', 'b', 'c'], 1))
  return layout
}

test('a line that was not measured has the height of one line, or of two where the log is narrow', () => {
  const layout = threeLines()
  expect(layout.total).toBe(63)
  layout.resize(400)
  expect(layout.total).toBe(120)
})

test('a line keeps its measured height where it goes, until the log has another width', () => {
  const layout = threeLines()
  expect(layout.measure(1, 'b', 50)).toBe(true)
  expect(layout.measure(1, 'b', 50)).toBe(false)
  expect([layout.top(2), layout.total]).toEqual([71, 92])
  layout.update(listOf(['b', 'c'], 7))
  expect([layout.of(0), layout.total]).toEqual([50, 71])
  layout.resize(900)
  expect(layout.total).toBe(42)
})

test('a line is found where it was and where it is now, and only its own measure is taken', () => {
  const layout = threeLines()
  expect([layout.find('b', 1), layout.find('b', 0), layout.find('b'), layout.find('gone')]).toEqual([
    1, 1, 1, -1,
  ])
  for (const [index, key] of [
    [1, 'a'],
    [9, 'j'],
  ] as const)
    expect(layout.measure(index, key, 50)).toBe(false)
  expect(layout.total).toBe(63)
})

test('a list that goes on from the one before is laid out from where it differs', () => {
  const layout = threeLines()
  layout.measure(0, 'a', 50)
  expect(layout.update(listOf(['a', 'b', 'x', 'y'], 2, 2))).toBe(true)
  expect([layout.of(0), layout.total]).toEqual([50, 113])
  expect(layout.update(listOf(['a', 'b', 'x', 'y'], 2, 2))).toBe(false)
})
