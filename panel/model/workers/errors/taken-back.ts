import type { SessionEvent } from '../../../../protocol/events'
import type { Fetches } from '../../session/fetches'
import type { StrayException } from '../../session/stray-exception'
import type { Fetch, TracedEvent } from '../../session/view'
import { removeShared } from './shared-errors'
import { mayBeThrownBy, removeStray } from './stray-exceptions'

/** Fetches of whose handlers an error was, or may have been, that the last event took back. */
export interface TakenBack {
  readonly fetches: ReadonlySet<Fetch>
  begin(): void
  /** An error was taken back from these. */
  from(events: readonly TracedEvent[]): void
  /** These are no exceptions any more that an event which was not traced may have led to. */
  stray(all: StrayException[], events: ReadonlySet<SessionEvent>): void
  /** These turned out to be of an event: they are of none of those that are open, and no stray exceptions. */
  ofEvent(open: readonly TracedEvent[], all: StrayException[], events: ReadonlySet<SessionEvent>): void
}

export function createTakenBack(fetches: Fetches): TakenBack {
  const changed = new Set<Fetch>()
  const from = (events: readonly TracedEvent[]) => {
    for (const { fetch, dispatched } of events) if (fetch && dispatched.isTrusted) changed.add(fetch)
  }
  const stray = (all: StrayException[], events: ReadonlySet<SessionEvent>) => {
    const removed = removeStray(all, events)
    if (removed.length === 0) return
    for (const fetch of fetches.all) {
      if (fetch.strayExceptions !== all) continue
      if (removed.some((one) => mayBeThrownBy(fetch, one))) changed.add(fetch)
    }
  }
  return {
    fetches: changed,
    begin: () => changed.clear(),
    from,
    stray,
    ofEvent(open, all, events) {
      stray(all, events)
      from(removeShared(open, events))
    },
  }
}
