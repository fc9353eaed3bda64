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

/** These turned out to be of an event. */
export function removeStray(all: StrayException[], events: ReadonlySet<SessionEvent>): void {
  for (let i = all.length - 1; i >= 0; i--) {
    const one = all[i]
    if (one && events.has(one.event)) all.splice(i, 1)
  }
}

/**
 * What the handler for the end of a fetch may have thrown, where its event was not traced: exceptions of the scope's workers from its
 * end, or its abort in this panel, until its records were released. Something else in the worker may have thrown them as well.
 */
export function mayHaveThrown(fetch: Fetch): readonly StrayException[] {
  const { settledAt, overAt, unregisteredAt, strayExceptions } = fetch
  if (settledAt === null || overAt === null || unregisteredAt !== null || endEventOf(fetch)) return []
  const from = Math.min(settledAt - AHEAD, effectiveAbort(fetch)?.at ?? settledAt)
  return strayExceptions.filter(({ event: { at } }) => at >= from && at <= overAt)
}
