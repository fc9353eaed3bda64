import type { Fetch, Snapshot } from '../../session/view'
import { pausedSinceEnd } from '../../workers/pauses'
import { endedAt } from './handler'
import { sameIdIn } from './same-id'

/** It has settled, or never will and has no handler any more: what is left of it is to be judged. */
export const isJudged = ({ settledAt, unregisteredAt }: Fetch): boolean =>
  settledAt !== null || unregisteredAt !== null

/** How far the clocks of page and worker may be apart, in milliseconds. */
const CLOCKS = 50

/** An event that is not over after this long, in milliseconds, is judged as it stands. */
const LONG = 25_000

/** The storage as it was when the event had not ended after a long time; undefined for any other. */
export function ofLongEvent(fetch: Fetch): Snapshot | undefined {
  const { snapshots, settledAt, state } = fetch
  const { settled } = snapshots
  if (settled === undefined || settledAt === null) return undefined
  // A worker that is paused in the debugger does nothing: how long it is, is up to whoever debugs it.
  const { ms, still, more } = pausedSinceEnd(fetch, settled.at)
  const isLong = settled.at - settledAt - ms >= LONG && !still && !more
  return isLong && state === 'settled' ? settled : undefined
}

/** The last snapshot after the end, or of an event that does not end. */
const lastOf = (fetch: Fetch): Snapshot | undefined =>
  fetch.snapshots.later ?? fetch.snapshots.final ?? fetch.snapshots['event-ended'] ?? ofLongEvent(fetch)

/** The storage was last read before the event was over, as of one that took very long: what came later is not known. */
export function isStale(fetch: Fetch): boolean {
  const basis = lastOf(fetch)
  const end = endedAt(fetch)
  return basis !== undefined && end !== null && basis.at + basis.body.took < end - CLOCKS
}

/** The last snapshot that is not of the time when another fetch had the ID, where there is one. */
export function basisOf(fetch: Fetch): Snapshot | undefined {
  const { final } = fetch.snapshots
  const ended = fetch.snapshots['event-ended']
  const hasOther = (snapshot: Snapshot) => snapshot.next !== null || sameIdIn(fetch, snapshot) !== undefined
  return final && ended && hasOther(final) && !hasOther(ended) ? ended : lastOf(fetch)
}
