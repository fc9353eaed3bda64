import { describe, expect, test } from 'vitest'
import { drawnRows, ROW, TALL_ROW } from './drawn-rows'

describe('the rows of the table that are drawn', () => {
  test('are no more of a thousand than of fifty', () => {
    const view = { start: 12, end: 40 }
    expect(drawnRows(view, 1000, 20)).toEqual(drawnRows(view, 50, 20))
    expect(drawnRows(view, 1000, 20).rows).toHaveLength(28)
    expect(drawnRows(view, 1000, 20).top).toBe(12 * ROW)
  })

  test('are all of a few', () => {
    expect(drawnRows({ start: 0, end: 40 }, 3, 0)).toEqual({ rows: [0, 1, 2], top: 0 })
    expect(drawnRows({ start: 0, end: 40 }, 0, -1)).toEqual({ rows: [], top: 0 })
  })

  test('have the row with the focus among them, out of view', () => {
    const below = drawnRows({ start: 0, end: 20 }, 1000, 900)
    expect(below.rows.slice(-2)).toEqual([19, 900])
    expect(below.top).toBe(0)
    const above = drawnRows({ start: 500, end: 520 }, 1000, 3)
    expect(above.rows.slice(0, 2)).toEqual([3, 500])
    // The rows in view stand where they would without it.
    expect(above.top + ROW).toBe(500 * ROW)
  })
})

test('rows with a second line stand where their height puts them', () => {
  expect(drawnRows({ start: 10, end: 12 }, 100, -1, TALL_ROW).top).toBe(10 * TALL_ROW)
})
