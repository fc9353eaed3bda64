import type { Cell } from './cell'
import type { Difference } from './difference'

/**
 * What two fetches have in common. `only-a`, `only-b`: the other one was observed not to have it. `not-observed`: whether the other
 * one has it was not observed, or neither of them was.
 */
export type Group = 'only-a' | 'only-b' | 'differs' | 'not-observed' | 'same'

/** One line of a comparison. */
export interface Line {
  readonly name: string
  readonly a: Cell
  readonly b: Cell
  readonly group: Group
  /** Null where there is no amount that could be compared. */
  readonly difference: Difference | null
}

/** What two cells have in common, as far as both were observed. */
export function groupOf(a: Cell, b: Cell): Group {
  if (a.value === null || b.value === null) return 'not-observed'
  if (a.value === b.value) return 'same'
  if (a.value === '') return 'only-b'
  return b.value === '' ? 'only-a' : 'differs'
}

export const lineOf = (name: string, a: Cell, b: Cell, difference: Difference | null = null): Line => ({
  name,
  a,
  b,
  group: groupOf(a, b),
  difference,
})
