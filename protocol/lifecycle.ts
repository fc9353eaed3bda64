import type { FetchAttributes } from './attributes'
import type { BodyOf, SessionEvent } from './events'
import type { Handle } from './handle'
import { watchedAfter } from './watching'

/**
 * How far a fetch is for the pages that report it: `live` until its end is known, `settled` until its worker's event
 * is over as well.
 */
export type Phase = 'live' | 'settled' | 'over'

/** A fetch, as far as the pages that report it go. */
export interface Followed {
  readonly storageKey: string | null
  /** The document that follows it; undefined where none ever did. */
  readonly document: string | null | undefined
  /** The object that stands for it in that document. */
  readonly handle: Handle
  readonly phase: Phase
}

/**
 * What happens to a fetch. `settled`, `event-over` and `fetch-gone` are reported of it; `superseded`: its id is in use
 * again; `missing`: a page that lists all fetches of its storage key does not list it; `unwatched`: no page that could
 * report more of it is left, and it may be running.
 */
export type Step = 'settled' | 'event-over' | 'fetch-gone' | 'superseded' | 'missing' | 'unwatched'

/** The phase of a fetch after this. */
export function phaseAfter(phase: Phase, step: Step): Phase {
  switch (step) {
    case 'settled':
      return 'settled'
    case 'event-over':
      return 'over'
    case 'unwatched':
      return phase === 'settled' ? 'over' : phase
    default:
      return phase === 'live' ? 'over' : phase
  }
}

/** What an event that names no fetch does to fetches, and to which of them; null where it does nothing to any. */
export function stepOfOthers({ body, document, storageKey }: SessionEvent): {
  readonly step: 'missing' | 'unwatched'
  concerns(fetch: Followed): boolean
} | null {
  if (watchedAfter(body) === false) return { step: 'unwatched', concerns: () => true }
  if (body.type === 'inventory') {
    return {
      step: 'missing',
      concerns: (fetch) =>
        fetch.phase === 'live' && fetch.storageKey === storageKey && !body.handles.includes(fetch.handle),
    }
  }
  if (body.type === 'frame-gone') {
    return {
      step: 'unwatched',
      // Only the document that saw a fetch end could see its event end.
      concerns: (fetch) =>
        body.unwatched
          ? fetch.storageKey === storageKey
          : fetch.phase === 'settled' && fetch.document === document,
    }
  }
  return null
}

/** A page may say this much later than the worker that it has seen a fetch which is over at once, in milliseconds. */
export const MAX_SEEN_DELAY = 250

/**
 * A page may list a fetch so long after its event in the worker, in milliseconds: what the browser answered while it ran is on
 * its way.
 */
export const LISTED_LATE = 2000

/** What fetches of one id have in common: one of them runs at a time. */
export const nameOf = (storageKey: string | null, scope: string, id: string): string =>
  JSON.stringify([storageKey, scope, id])

/**
 * Whether an object that was just got may stand for a fetch of its name that is known to be live: it ran before
 * it was seen, and nothing of it has moved back.
 */
export const continues = (known: FetchAttributes, { already, attributes }: BodyOf<'fetch-seen'>): boolean =>
  already &&
  attributes.downloadTotal === known.downloadTotal &&
  attributes.downloaded >= known.downloaded &&
  attributes.uploaded >= known.uploaded
