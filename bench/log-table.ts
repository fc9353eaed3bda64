import { goalCells } from './goals'
import type { LogCost } from './log'
import { short } from './table'

/** What reading a long log costs, beside what it may cost. */
export function logTable(cost: LogCost, quick: boolean): string[][] {
  const { open, slowestKeystroke, event, frameP99, tableFrameP99, plainFrameP99, jump, heap } = cost
  const figures: readonly (readonly [what: string, measured: number, most: number | null])[] = [
    ['open, ms', open, 300],
    ['keystroke in the filter, slowest (median of 5 passes), ms', slowestKeystroke, 50],
    ['event until its row is there, median, ms', event, 16],
    ['frame while scrolling, p99 (median of 5 passes), ms', frameP99, 16.8],
    ['the same in the table of fetches, p99, ms', tableFrameP99, 16.8],
    ['the same of plain text, p99, ms', plainFrameP99, null],
    ['jump to a far place, median, ms', jump, 100],
    ['JavaScript heap, MB', heap / 1e6, 100],
  ]
  return figures.map(([what, measured, most]) => {
    const goal = most === null ? null : { most }
    return [what, short(measured), ...goalCells(measured, goal, quick)]
  })
}
