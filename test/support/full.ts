/** Long runs, as with `TESTS=full npm test`: what `npm test` by itself has no time for. */
export const FULL = process.env.TESTS === 'full'

/** How many, or how long: in every run, and in a full one. */
export const atScale = (always: number, full: number): number => (FULL ? full : always)
