import { LISTED_LATE, MAX_SEEN_DELAY } from '../../../../protocol/lifecycle'
import { endEvent, isLive } from '../fetch-phase'
import type { Fetches } from '../fetches'
import { CLOCKS } from '../fetches'
import type { Fetch, TracedEvent } from '../view'
import { isEnd, tracedEnd } from './end-witness'

/**
 * How far a traced event is from the end that a page saw of a fetch, in milliseconds; null where it can't be the event for
 * that end.
 */
function distanceOf(fetch: Fetch, traced: TracedEvent): number | null {
  const { attributes, seenAt, already, settledAt, overAt } = fetch
  const { dispatched, at, doneAt } = traced
  if (!isEnd(traced) || settledAt === null || endEvent(attributes) !== dispatched.name) return null
  if (attributes.downloadTotal !== dispatched.attributes.downloadTotal) return null
  if (attributes.uploadTotal !== dispatched.attributes.uploadTotal) return null
  if (!already && at < seenAt - MAX_SEEN_DELAY) return null
  if (overAt === null) return Math.abs(at - settledAt)
  if (at > overAt + CLOCKS) return null
  return doneAt === null ? Math.abs(at - settledAt) : Math.abs(doneAt - overAt)
}

/**
 * The traced event for the end of a fetch that a page saw end, among its own and those of fetches of the same ID that no
 * page listed: pages see few of the fetches that fail at once. Undefined where none fits.
 */
export function closestEnd(fetch: Fetch, fetches: Fetches): TracedEvent | undefined {
  if (fetch.unlisted || fetch.settledBy !== 'page') return undefined
  const current = tracedEnd(fetch)
  let best: TracedEvent | undefined
  let least = Number.POSITIVE_INFINITY
  const others = fetches.unlistedLike(fetch).flatMap(({ events }) => events)
  for (const traced of current ? [current, ...others] : others) {
    const distance = distanceOf(fetch, traced)
    if (distance === null || distance >= least) continue
    best = traced
    least = distance
  }
  return best
}

/**
 * The fetch, known from its event in the worker, that a page has listed when it was over already: the page has lost it
 * without having seen it move or end. Undefined where none fits, or more than one.
 */
export function overWhenListed(listed: Fetch, fetches: Fetches): Fetch | undefined {
  if (!isLive(listed) || listed.unlisted || listed.already) return undefined
  if (
    listed.events.length > 0 ||
    listed.untrusted.length > 0 ||
    listed.abort !== null ||
    listed.activeAt !== null
  )
    return undefined
  const { seenAt, attributes } = listed
  const [one, ...others] = fetches.unlistedLike(listed).filter((fetch) => {
    const end = tracedEnd(fetch)
    if (!end || end.at > seenAt + CLOCKS || end.at < seenAt - LISTED_LATE) return false
    const { downloadTotal, uploadTotal } = end.dispatched.attributes
    return downloadTotal === attributes.downloadTotal && uploadTotal === attributes.uploadTotal
  })
  return others.length === 0 ? one : undefined
}
