/** Changes of an origin's storage are passed on this far apart, in milliseconds: a site may write a thousand rows at once. */
const APART = 500

/**
 * Passes on that the storage of an origin changed: at once, and what comes soon after together.
 *
 * @param pass gets the origin and when its storage changed, in epoch milliseconds
 */
export function createStorageChanges(
  pass: (origin: string, at: number) => void,
): (origin: string, at: number) => void {
  /** What came since the last one was passed on, by origin; null where nothing did. */
  const waiting = new Map<string, number | null>()

  const wait = (origin: string) => {
    waiting.set(origin, null)
    setTimeout(() => {
      const at = waiting.get(origin) ?? null
      waiting.delete(origin)
      if (at === null) return
      pass(origin, at)
      wait(origin)
    }, APART)
  }

  return (origin, at) => {
    if (waiting.has(origin)) {
      waiting.set(origin, waiting.get(origin) ?? at)
      return
    }
    pass(origin, at)
    wait(origin)
  }
}
