import type { SessionEvent } from '../protocol/events'
import type { Handle } from '../protocol/handle'
import type { Bridge } from './bridges'
import { unfollowed } from './unfollowed'

/** How often it is checked whether an event has ended, and for how long, in milliseconds. */
const EVERY = 500
const PATIENCE = 310_000
/** Work that goes on after the event has ended shows within this time, in milliseconds. */
const QUIET = 1500

/** Has the storage compared for fetches whose document went while their event was handled. */
export interface FollowUp {
  /** A bridge leads its storage key. */
  led(bridge: Bridge): void
  /** A bridge is gone. */
  left(bridge: Bridge): void
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

  const check = (bridge: Bridge, until: number, asked: ReadonlySet<Handle>) => {
    const open = unfollowed(events(), bridge.storageKey, isFollowed).filter(
      ({ handle }) => !asked.has(handle),
    )
    const ended = open.filter((fetch) => fetch.ended)
    for (const fetch of ended) {
      const { ended: _, ...foreign } = fetch
      const ask = (when: 'event-ended' | 'final') =>
        void bridge.rpc.snapshotFor.asEvent(foreign, when).catch(() => {})
      ask('event-ended')
      setTimeout(() => timers.has(bridge) && ask('final'), QUIET)
    }
    const next = new Set([...asked, ...ended.map(({ handle }) => handle)])
    if (open.length > ended.length && Date.now() < until) {
      timers.set(bridge, setTimeout(check, EVERY, bridge, until, next))
    }
  }

  return {
    led(bridge) {
      if (timers.has(bridge)) return
      timers.set(bridge, setTimeout(check, EVERY, bridge, Date.now() + PATIENCE, new Set<Handle>()))
    },
    left(bridge) {
      clearTimeout(timers.get(bridge))
      timers.delete(bridge)
    },
  }
}
