import type { Location } from '../../../protocol/worker-fields'
import { oneLine } from '../format'
import { endEventOf } from '../session/ends/end-event'
import { endEvent } from '../session/fetch-phase'
import type { Fetch, Worker } from '../session/view'

/** Where the handler for the end of a fetch is added: `seen` at run time, or only in the text of the worker's `script`. */
export interface HandlerPlace {
  readonly from: 'seen' | 'script'
  readonly location: Location
}

/** The workers that may have got the event for the end of a fetch. */
function candidates(fetch: Fetch, workers: readonly Worker[]): readonly Worker[] {
  const own = endEventOf(fetch)?.worker
  if (own) return [own]
  const { scope, settledAt, overAt } = fetch
  const [from, until] = [settledAt ?? 0, overAt ?? Number.POSITIVE_INFINITY]
  return workers.filter(
    (one) => one.scope === scope && one.seenAt <= until && (one.stoppedAt === null || one.stoppedAt >= from),
  )
}

/**
 * Where the handler for the end of a fetch is added; null where that was not observed, where none was added, or where it may be one of
 * several places.
 *
 * @param workers the runs of workers that were seen
 */
export function handlerPlace(fetch: Fetch, workers: readonly Worker[]): HandlerPlace | null {
  if (fetch.settledAt === null) return null
  const { location: seen, handlers } = endEventOf(fetch)?.dispatched ?? {}
  if (seen) return { from: 'seen', location: seen }
  // What the text mentions was not added.
  if (handlers === 0) return null
  const event = endEvent(fetch.attributes)
  const places = new Map<string, Location>()
  for (const { scripts } of candidates(fetch, workers))
    for (const { name, as, location } of scripts?.mentions ?? [])
      if (name === event && as === 'listener') places.set(JSON.stringify(location), location)
  const [location] = places.values()
  return location && places.size === 1 ? { from: 'script', location } : null
}

/** A place of a script in full: its URL, which may be cut, line and column. */
export const fullPlace = ({ url, line, column }: Location): string => `${oneLine(url, 250)}:${line}:${column}`
