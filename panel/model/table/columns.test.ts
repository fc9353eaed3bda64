import { describe, expect, test } from 'vitest'
import { type ColumnId, columnIds, columnKinds, moveEdge, placeColumns } from './columns'

const usual: readonly ColumnId[] = ['id', 'progress', 'state', 'handler', 'verdict']
const total = (placed: readonly { width: number }[]) => placed.reduce((sum, { width }) => sum + width, 0)
const names = (placed: readonly { id: ColumnId }[]) => placed.map(({ id }) => id)

describe('the columns', () => {
  test('fill the width, and none is too narrow', () => {
    for (const width of [516, 520, 640, 1200]) {
      const placed = placeColumns(usual, {}, width)
      expect(names(placed)).toEqual(usual)
      expect(total(placed)).toBeCloseTo(width)
      for (const { id, width } of placed) expect(width).toBeGreaterThanOrEqual(columnKinds[id].min)
    }
  })

  test('show a verdict that is not final whole, where there is room for all, until a width is changed', () => {
    const verdictIn = (width: number, weights = {}) =>
      placeColumns(usual, weights, width).find(({ id }) => id === 'verdict')?.width
    expect(verdictIn(516)).toBeCloseTo(116)
    expect(verdictIn(400)).toBeCloseTo(96)
    expect(verdictIn(520, { verdict: 100 })).toBeCloseTo(96)
  })

  test('show IDs of the usual length whole, with their buttons, where the handler has a column or a line', () => {
    for (const width of [480, 515, 516]) {
      expect(placeColumns(usual, {}, width)[0]?.width).toBeGreaterThanOrEqual(124)
    }
  })

  test('are left out where there is no room, the least important first', () => {
    expect(names(placeColumns(usual, {}, 515))).not.toContain('handler')
    expect(names(placeColumns(usual, {}, 380))).toEqual(['id', 'progress', 'state', 'verdict'])
    expect(names(placeColumns(usual, {}, 320))).toEqual(['id', 'state', 'verdict'])
    expect(names(placeColumns(usual, {}, 10))).toEqual(['id'])
    expect(names(placeColumns(columnIds, {}, 500))).not.toContain('origin')
  })

  test('keep what was made wide, as long as the others have their least width', () => {
    const placed = placeColumns(usual, { verdict: 100_000 }, 520)
    for (const { id, width } of placed) {
      if (id !== 'verdict') expect(width).toBeCloseTo(columnKinds[id].min)
    }
    expect(total(placed)).toBeCloseTo(520)
  })
})

describe('an edge between two columns', () => {
  const placed = placeColumns(usual, {}, 654)
  const widthOf = (some: readonly { id: ColumnId; width: number }[], id: ColumnId) =>
    some.find((one) => one.id === id)?.width ?? Number.NaN

  test('moves as far as it is moved, and moves no other', () => {
    const moved = placeColumns(usual, moveEdge(placed, 'progress', 20), 654)
    expect(widthOf(moved, 'progress')).toBeCloseTo(widthOf(placed, 'progress') + 20)
    expect(widthOf(moved, 'state')).toBeCloseTo(widthOf(placed, 'state') - 20)
    for (const id of ['id', 'handler', 'verdict'] as const) {
      expect(widthOf(moved, id)).toBeCloseTo(widthOf(placed, id))
    }
  })

  test('stops at the least width of either', () => {
    const right = placeColumns(usual, moveEdge(placed, 'id', 10_000), 654)
    expect(widthOf(right, 'progress')).toBeCloseTo(columnKinds.progress.min)
    const left = placeColumns(usual, moveEdge(placed, 'id', -10_000), 654)
    expect(widthOf(left, 'id')).toBeCloseTo(columnKinds.id.min)
  })

  test('after the last column moves nothing', () => {
    const moved = placeColumns(usual, moveEdge(placed, 'verdict', 30), 654)
    for (const { id, width } of placed) expect(widthOf(moved, id)).toBeCloseTo(width)
  })
})
