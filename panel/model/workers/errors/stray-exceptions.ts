import { MAX_STRAY } from '../../../../protocol/context/stray-exceptions'
import type { SessionEvent } from '../../../../protocol/events'
import { effectiveAbort } from '../../session/aborts/requested-aborts'
import { endEventOf } from '../../session/ends/end-event'
import type { StrayException } from '../../session/stray-exception'
import type { Fetch } from '../../session/view'

/** A worker may hear of the end of a fetch so much before its page, in milliseconds. */
const AHEAD = 50

/** Adds one to those of a scope. */
export function addStray(all: StrayException[], one: StrayException): void {
  all.push(one)
  if (all.length > MAX_STRAY) all.shift()
}

/** These turned out to be of an event, or no errors. Returns those that were there. */
export function removeStray(
  all: StrayException[],
  events: ReadonlySet<SessionEvent>,
): readonly StrayException[] {
  if (events.size === 0) return []
  const removed = all.filter(({ event }) => events.has(event))
  if (removed.length > 0) all.splice(0, all.length, ...all.filter(({ event }) => !events.has(event)))
  return removed
}

/**
 * Whether the handler for the end of a fetch may have thrown this, where its event was not traced: an exception of the scope's workers from its
 * end, or its abort in this panel, until its records were released. Something else in the worker may have thrown it as well.
 */
export function mayBeThrownBy(fetch: Fetch, { event: { at } }: StrayException): boolean {
  const { settledAt, overAt, unregisteredAt } = fetch
  if (settledAt === null || overAt === null || unregisteredAt !== null || endEventOf(fetch)) return false
  const from = Math.min(settledAt - AHEAD, effectiveAbort(fetch)?.at ?? settledAt)
  return at >= from && at <= overAt
}

/** All that it may have thrown. */
export const mayHaveThrown = (fetch: Fetch): readonly StrayException[] =>
  fetch.strayExceptions.filter((one) => mayBeThrownBy(fetch, one))
