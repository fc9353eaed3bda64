import * as v from 'valibot'
import { FetchAttributes, FetchRecord } from './attributes'
import { ItemDeleted } from './deletions'
import { Handle } from './handle'
import { Count, Duration, List } from './numbers'
import { PlannedAbortApplied, PlannedAbortFired, PlannedAbortRemoved } from './planned-aborts'
import { RequestOutcomes, StorageBaseline, StorageSnapshot } from './storage-events'

/** Ids and URLs are page data of any length; the bridge cuts them to this many characters. */
export const MAX_TEXT = 16_384
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT))
const short = v.pipe(v.string(), v.maxLength(1024))

/** State of the permission `background-fetch`; `unknown` where the query is refused. */
export const Permission = v.picklist(['granted', 'denied', 'prompt', 'unknown'])
export type Permission = v.InferOutput<typeof Permission>

/** What a frame is, and whether there can be background fetches in it at all. */
export const FrameSeen = v.object({
  type: v.literal('frame'),
  url: text,
  top: v.boolean(),
  secure: v.boolean(),
  /** `BackgroundFetchManager` exists in the frame. */
  supported: v.boolean(),
  permission: Permission,
  /** Scopes of all the service worker registrations of the frame's origin. */
  scopes: List(text),
  /** What went wrong while looking, in the browser's words; empty when nothing did. */
  error: short,
})
export type FrameSeen = v.InferOutput<typeof FrameSeen>

/** All that was active when a bridge looked for the first time: what is missing here has ended unseen. */
export const ActiveHandles = v.object({
  type: v.literal('inventory'),
  handles: List(Handle),
})

/**
 * Between which of a bridge's listings of active fetches one began, by their numbers, which count from 1: the last that did
 * not have it, 0 where none is known, and the first that could have it. Two fetches of one interval have no known order.
 */
export const Began = v.object({ after: Count, before: Count })
export type Began = v.InferOutput<typeof Began>

export const FetchSeen = v.object({
  type: v.literal('fetch-seen'),
  handle: Handle,
  scope: text,
  id: text,
  attributes: FetchAttributes,
  /** It ran already when the bridge looked for the first time: its start was not seen. */
  already: v.boolean(),
  /** Missing in what older versions have recorded. */
  began: v.optional(Began),
})

export const Progress = v.object({
  type: v.literal('progress'),
  handle: Handle,
  attributes: FetchAttributes,
})

/**
 * No byte of it has moved for ten seconds, as far as this page was informed. Reported once for each time that a fetch stands still.
 */
export const NoProgress = v.object({
  type: v.literal('no-progress'),
  handle: Handle,
  /** `navigator.onLine` of the page at that moment. */
  online: v.boolean(),
})

/**
 * `navigator.onLine` of the page that looks has changed; it is true when a page begins to look. DevTools' own Offline sets it
 * as well, and does not hold a background fetch back.
 */
export const Connectivity = v.object({ type: v.literal('connectivity'), online: v.boolean() })

/** `responseReady` of one of its records has settled while the fetch ran: the response is whole, or will not come. */
export const ResponseReady = v.object({
  type: v.literal('response-ready'),
  handle: Handle,
  /** How many requests have their response by now or have failed, with this one, of how many that are followed. */
  ready: Count,
  total: Count,
  /** How many of `ready` have failed. Missing in what older versions have recorded. */
  failed: v.optional(Count),
  record: FetchRecord,
})

/** The `progress` event that carried a `result`. */
export const Settled = v.object({
  type: v.literal('settled'),
  handle: Handle,
  attributes: FetchAttributes,
})

/**
 * `recordsAvailable` turned false: the browser has released the records, which it does when the worker's
 * event for the end is over. The change was seen at most `uncertainty` milliseconds late.
 */
export const EventOver = v.object({
  type: v.literal('event-over'),
  handle: Handle,
  uncertainty: Duration,
  /** Its worker is not registered any more: whether an event was fired is not known. */
  unregistered: v.optional(v.boolean()),
})

/** The fetch is not listed any more, and no end of it was seen. */
export const FetchGone = v.object({
  type: v.literal('fetch-gone'),
  handle: Handle,
  reason: v.picklist(['unregistered', 'not-listed']),
})

/** What `registration.abort()` answered to a command of the panel. */
export const AbortAnswered = v.object({
  type: v.literal('abort-answered'),
  handle: Handle,
  command: short,
  outcome: v.variant('kind', [
    v.object({ kind: v.literal('resolved'), value: v.boolean() }),
    v.object({ kind: v.literal('rejected'), error: short }),
    v.object({ kind: v.literal('already-finished') }),
    // It was not called, as the page was gone before.
    v.object({ kind: v.literal('page-gone') }),
    // The page went away before it could say: whether it was called is not known.
    v.object({ kind: v.literal('unanswered') }),
  ]),
})

/** The bridge could not keep everything while the extension did not answer. */
export const EventsLost = v.object({ type: v.literal('events-lost'), count: Count })

export const PageBody = v.variant('type', [
  StorageSnapshot,
  RequestOutcomes,
  StorageBaseline,
  FrameSeen,
  ActiveHandles,
  FetchSeen,
  Progress,
  NoProgress,
  Connectivity,
  ResponseReady,
  Settled,
  EventOver,
  FetchGone,
  AbortAnswered,
  PlannedAbortApplied,
  PlannedAbortFired,
  PlannedAbortRemoved,
  ItemDeleted,
  EventsLost,
])
export type PageBody = v.InferOutput<typeof PageBody>
