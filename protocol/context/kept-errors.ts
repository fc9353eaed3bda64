import type { SessionEvent } from '../events'

/** So many errors of a traced event are part of its verdict. */
export const MAX_ERRORS = 100

/** Of an event that stays: what its listeners threw, other errors of it, and errors that may be of it. */
export type ErrorsOf = Record<'threw' | 'errors' | 'shared', Set<SessionEvent>>

export const noErrors = (): ErrorsOf => ({ threw: new Set(), errors: new Set(), shared: new Set() })

export interface KeptErrors {
  /** It stays as one of these, unless as many stay already as a verdict reads. */
  keep(event: SessionEvent, as: Set<SessionEvent>): void
  /** It turned out to be none of these. */
  take(event: SessionEvent, from: Set<SessionEvent>): void
  /** It was a rejection that was handled later, as this says. */
  revoke(event: SessionEvent, handled: SessionEvent): void
}

/**
 * Which errors stay. Once there was one more than stay of an event, those stay with that one also where they are taken back, and so
 * does what takes them back: that there were more is known then.
 */
export function createKeptErrors(context: Set<SessionEvent>): KeptErrors {
  const keptAs = new Map<SessionEvent, Set<SessionEvent>[]>()
  const dropped = new Set<Set<SessionEvent>>()
  const pinned = new Set<SessionEvent>()
  return {
    keep(event, as) {
      if (as.size < MAX_ERRORS) {
        as.add(event)
        context.add(event)
        keptAs.set(event, [...(keptAs.get(event) ?? []), as])
        return
      }
      if (dropped.has(as)) return
      dropped.add(as)
      context.add(event)
      for (const one of [...as, event]) pinned.add(one)
    },
    take(event, from) {
      from.delete(event)
    },
    revoke(event, handled) {
      for (const as of keptAs.get(event) ?? []) as.delete(event)
      if (pinned.has(event)) context.add(handled)
      else context.delete(event)
    },
  }
}
