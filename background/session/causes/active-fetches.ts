import type { SessionEvent } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import { nameOf, stepOfOthers } from '../../../protocol/lifecycle'

/** So many fetches are remembered. */
const MAX = 500

interface Active {
  readonly name: string
  readonly storageKey: string | null
  readonly document: string | null
}

/** The fetches that are known to be active: a page follows them and has reported no end. */
export interface ActiveFetches {
  /** Takes in an event. */
  apply(event: SessionEvent): void
  /** Whether one of this name is. */
  has(name: string): boolean
}

/** Follows by the events of a tab which fetches are active. */
export function createActiveFetches(): ActiveFetches {
  const all = new Map<Handle, Active>()

  return {
    apply(event) {
      const { body, document, storageKey } = event
      switch (body.type) {
        case 'fetch-seen':
          all.set(body.handle, { name: nameOf(storageKey, body.scope, body.id), storageKey, document })
          for (const handle of all.keys()) if (all.size > MAX) all.delete(handle)
          return
        case 'settled':
        case 'event-over':
        case 'fetch-gone':
          all.delete(body.handle)
          return
      }
      const others = stepOfOthers(event)
      for (const [handle, one] of others ? all : []) {
        // Nobody reports the end of one whose document has gone.
        const isLeft = body.type === 'frame-gone' && one.document === document
        if (isLeft || others?.concerns({ ...one, handle, phase: 'live' })) all.delete(handle)
      }
    },
    has: (name) => [...all.values()].some((one) => one.name === name),
  }
}
