import { test } from 'vitest'

/** Long runs, as with `TESTS=full npm test`: what `npm test` by itself has no time for. */
export const FULL = process.env.TESTS === 'full'

/** How many, or how long: in every run, and in a full one. */
export const atScale = (always: number, full: number): number => (FULL ? full : always)

/** All ways in which a case is run in a full run; in every run one of them, another one for the next case. */
export const inTurn = <T>(index: number, ways: readonly T[]): readonly T[] =>
  FULL ? ways : ways.slice(index % ways.length, (index % ways.length) + 1)

/** A test of a full run only: it takes long, or another one of its kind is in every run. */
export const inFullRun = test.runIf(FULL)

/** A test of every run where that is so, else of a full run only. */
export const inEveryRunIf = (always: boolean) => test.runIf(FULL || always)
