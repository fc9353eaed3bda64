import { short } from './table'

/** What a figure is to be at most. */
export interface Goal {
  readonly most: number
  /** Of the goal, where the head of the row does not say it. */
  readonly unit?: string
}

/** The heads of the cells that `goalCells()` gives. */
export const goalHeads = ['goal', 'met'] as const

/**
 * The cells of a figure's goal: the goal, and whether the figure meets it, as it is printed. A figure that was not measured, or only
 * by a quick run, neither meets nor misses it.
 *
 * @param goal null where there is none
 */
export function goalCells(figure: number, goal: Goal | null, quick: boolean): readonly [string, string] {
  if (!goal) return ['', '']
  const { most, unit } = goal
  const text = Number.isInteger(most) ? String(most) : short(most)
  const met = quick || Number.isNaN(figure) ? '–' : Number(short(figure)) <= most ? 'yes' : 'NO'
  return [unit ? `${text} ${unit}` : text, met]
}
