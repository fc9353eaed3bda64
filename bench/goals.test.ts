import { expect, test } from 'vitest'
import { goalCells } from './goals'

test.each([
  ['below it', 9, 'yes'],
  ['at it', 10, 'yes'],
  ['that is printed like it', 10.04, 'yes'],
  ['above it', 10.06, 'NO'],
  ['without an end', Number.POSITIVE_INFINITY, 'NO'],
  ['that was not measured', Number.NaN, '–'],
])('of a figure %s a full run says whether it meets its goal', (_, figure, met) => {
  expect(goalCells(figure, { most: 10, unit: 'µs' }, false)).toEqual(['10 µs', met])
})

test('a quick run has too few samples to say so', () => {
  expect(goalCells(1e9, { most: 16.8 }, true)).toEqual(['16.8', '–'])
})

test('a figure without a goal has neither', () => {
  expect(goalCells(1, null, false)).toEqual(['', ''])
})
