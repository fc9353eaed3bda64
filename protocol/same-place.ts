import type { Location } from './worker-fields'

/** Where a script called a function, and what called the function that it is in. */
interface Place {
  readonly location: Location | null
  readonly callers: readonly Location[]
}

/** The same function may be named in one of two places only. */
const keyOf = ({ location, callers }: Place) =>
  JSON.stringify([location, ...callers].map((one) => one && [one.url, one.line, one.column]))

/** Whether two calls were made at the same place, by the same callers. A place that is not known is not the same as any. */
export const samePlace = (a: Place, b: Place): boolean =>
  a.location !== null && b.location !== null && keyOf(a) === keyOf(b)
