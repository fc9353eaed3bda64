import type { Location } from './worker-fields'

/** Where a script called a function, and what called the function that it is in, the innermost first. */
interface Stack {
  readonly location: Location | null
  readonly callers: readonly Location[]
}

type Place = Location | null | undefined

/** The place that all of these are; null where two differ, or one is not known. */
function commonPlace([first, ...others]: readonly Place[]): Location | null {
  const isFirst = (one: Place) =>
    first && one?.url === first.url && one.line === first.line && one.column === first.column
  if (!first || !others.every(isFirst)) return null
  const { url, line, column } = first
  // The function may be named in some of them only, or after the object that it is called on.
  const [name, ...names] = new Set([first, ...others].flatMap((one) => one?.name ?? []))
  return { url, line, column, ...(name === undefined || names.length > 0 ? {} : { name }) }
}

/**
 * What is known of the stack of one of several calls, without knowing which: the location where all were made, and of the callers, from
 * there on, those that all have. Null where two were made at different places, or the place of one is not known.
 */
export function commonStack(
  calls: readonly Stack[],
): { location: Location | null; callers: Location[] } | null {
  const [first, ...others] = calls
  if (!first) return null
  const { location, callers } = first
  if (others.length === 0) return { location, callers: [...callers] }
  const place = commonPlace(calls.map((one) => one.location))
  if (!place) return null
  const places = callers.map((_, i) => commonPlace(calls.map((one) => one.callers[i])))
  const end = places.indexOf(null)
  return {
    location: place,
    callers: places.slice(0, end < 0 ? undefined : end).filter((one) => one !== null),
  }
}
