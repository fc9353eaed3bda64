import type { ForeignFetch } from '../../protocol/commands'
import type { BodyOf, SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import { QUIET_AFTER_EVENT } from '../../protocol/storage-events'
import type { Bridge } from './bridges'
import { unfollowed } from './unfollowed'
import { unlistedFetch } from './unlisted'

/** How often it is checked whether an event has ended, and for how long, in milliseconds. */
const EVERY = 500
const PATIENCE = 310_000

/** A page lists a fetch that is there, or hears of its end, within this time, in milliseconds. */
const LISTING = 300
/** Later it is asked once more: a page on a busy machine lists one that is over, and notices after a while that it has gone. */
const LISTING_LATE = 2000

/** Has the storage compared for fetches that no page follows: their document went, or none has listed them. */
export interface FollowUp {
  /** A bridge leads its storage key. */
  led(bridge: Bridge): void
  /** A bridge is gone. */
  left(bridge: Bridge): void
  /** An event in a worker is over; its fetch may be one that no page has listed. */
  ended(run: Pick<BodyOf<'event-done'>, 'worker' | 'event'>): void
}

/**
 * @param events of the session so far
 * @param isFollowed whether the bridge that gave the handle is still there
 */
export function createFollowUp(
  events: () => readonly SessionEvent[],
  isFollowed: (handle: Handle) => boolean,
): FollowUp {
  const timers = new Map<Bridge, ReturnType<typeof setTimeout>>()
  /** Fetches for which a bridge was asked. */
  const asked = new WeakMap<Bridge, Set<Handle>>()

  /** Has the storage read twice for a fetch that the bridge does not follow. */
  const ask = (bridge: Bridge, fetch: ForeignFetch) => {
    const read = (when: 'event-ended' | 'final') =>
      void bridge.rpc.snapshotFor.asEvent(fetch, when).catch(() => {})
    read('event-ended')
    setTimeout(() => timers.has(bridge) && read('final'), QUIET_AFTER_EVENT)
  }

  /** Has the storage read for fetches whose event has ended. Returns whether there are others, whose event goes on. */
  const askForEnded = (bridge: Bridge): boolean => {
    const before = asked.get(bridge) ?? new Set()
    asked.set(bridge, before)
    const open = unfollowed(events(), bridge.storageKey, isFollowed).filter(
      ({ handle }) => !before.has(handle),
    )
    const over = open.filter((fetch) => fetch.ended)
    for (const fetch of over) {
      const { ended: _, ...foreign } = fetch
      before.add(fetch.handle)
      ask(bridge, foreign)
    }
    return open.length > over.length
  }

  const check = (bridge: Bridge, until: number) => {
    if (askForEnded(bridge) && Date.now() < until) timers.set(bridge, setTimeout(check, EVERY, bridge, until))
  }

  return {
    led(bridge) {
      if (timers.has(bridge)) return
      timers.set(bridge, setTimeout(check, EVERY, bridge, Date.now() + PATIENCE))
    },
    ended(run) {
      const askWhereUnlisted = (): boolean => {
        const unlisted = unlistedFetch(events(), run)
        const bridge = [...timers.keys()].find(({ storageKey }) => storageKey === unlisted?.storageKey)
        if (bridge && unlisted) ask(bridge, unlisted.fetch)
        return unlisted !== null
      }
      setTimeout(() => {
        // It may have begun after a page came back that did not list the fetch any more.
        for (const bridge of timers.keys()) askForEnded(bridge)
        if (!askWhereUnlisted()) setTimeout(askWhereUnlisted, LISTING_LATE)
      }, LISTING)
    },
    left(bridge) {
      clearTimeout(timers.get(bridge))
      timers.delete(bridge)
    },
  }
}
