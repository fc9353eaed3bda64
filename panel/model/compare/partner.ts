import type { RunResult } from '../abort-series/results'
import { isLive } from '../session/fetch-phase'
import type { AbortSeries } from '../session/plans/abort-series'
import type { Fetch } from '../session/view'

/** IDs that differ in their numbers only. */
const general = (id: string) => id.replace(/\d+/g, '#')

/** How near a fetch is to another one: the same ID again, an ID that differs in numbers, the same worker, the same origin. */
function nearness(fetch: Fetch, { storageKey, scope, id }: Fetch): number {
  if (fetch.storageKey !== storageKey) return 0
  if (fetch.scope !== scope) return 1
  if (fetch.id === id) return 4
  return general(fetch.id) === general(id) ? 3 : 2
}

/**
 * The fetch that another one is most likely to be compared with: one that has ended, is called alike, and ran last before it or
 * next after it; null where there is none.
 */
export function likelyPartner(fetch: Fetch, fetches: readonly Fetch[]): Fetch | null {
  const order = (one: Fetch) => [
    Number(!isLive(one)),
    nearness(one, fetch),
    -Math.abs(one.seenAt - fetch.seenAt),
  ]
  const better = (one: Fetch, best: Fetch) => {
    const [a, b] = [order(one), order(best)]
    const at = a.findIndex((value, i) => value !== b[i])
    return at !== -1 && (a[at] ?? 0) > (b[at] ?? 0)
  }
  return fetches
    .filter((one) => one !== fetch)
    .reduce<Fetch | null>((best, one) => (best === null || better(one, best) ? one : best), null)
}

/**
 * The clean run that is next to a run in the plan of its series, of the same state of the worker where there is one. Null
 * where none is clean, and for a run that is clean itself.
 */
export function nearestCleanRun(
  { runs }: Pick<AbortSeries, 'runs'>,
  results: readonly RunResult[],
  index: number,
): AbortSeries['runs'][number] | null {
  const own = runs[index]
  if (!own?.fetch || results[index]?.kind === 'clean') return null
  const clean = runs.flatMap((run, i) =>
    run.fetch && results[i]?.kind === 'clean'
      ? [{ run, away: Math.abs(i - index), same: run.cold === own.cold }]
      : [],
  )
  const [first] = clean.sort((x, y) => Number(y.same) - Number(x.same) || x.away - y.away)
  return first?.run ?? null
}
