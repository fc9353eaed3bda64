import * as v from 'valibot'
import { Time } from './numbers'
import { id, Location, Thrown, text, worker } from './worker-fields'

/** So many icons of a call are read. */
export const MAX_ICONS = 5

/** What a page threw, and nobody caught, soon after a fetch of its tab was aborted; `rejection`: of a promise. */
export const PageError = v.object({
  type: v.literal('page-error'),
  rejection: v.boolean(),
  error: Thrown,
  location: v.nullable(Location),
})
export type PageError = v.InferOutput<typeof PageError>

/**
 * A script of a page called `fetch()` of a `BackgroundFetchManager`, or `abort()` of a `BackgroundFetchRegistration`.
 * `location`: where; null where that is not known, as where the page's stacks can't be read, or in code without a URL.
 */
export const PageCall = v.object({
  type: v.literal('page-call'),
  method: v.picklist(['fetch', 'abort']),
  id,
  /** Of the document. */
  origin: text,
  location: v.nullable(Location),
  /** What called the function at `location`, as far as it is known. */
  callers: v.pipe(v.array(Location), v.maxLength(10)),
  /** The document is in a frame. */
  framed: v.optional(v.boolean()),
  /** The fetch of the registration that `abort()` was called on had ended: the call did nothing. */
  ended: v.optional(v.boolean()),
  /** The code that made it is a script of an extension. */
  extension: v.optional(v.boolean()),
  /** Another tab had a document of this origin then, which may have called the same. */
  otherTab: v.optional(v.boolean()),
  /** Until then a service worker of this origin, not the one that called, ran and may have called the same: not all its calls were seen. */
  untracedUntil: v.optional(Time),
})
export type PageCall = v.InferOutput<typeof PageCall>

/**
 * What a page gave to `fetch()` as options, read by the debugger a moment after the call: only texts that are data properties of plain
 * objects, as reading a getter or a Proxy would run code of the page. What was not read is missing, as is what was not given.
 */
export const CallOptions = v.object({
  type: v.literal('call-options'),
  id,
  /** Of the document. */
  origin: text,
  /** When `fetch()` was called, as its `page-call` says. */
  calledAt: Time,
  title: v.nullable(text),
  /** The first of them; `src` as the page wrote it. */
  icons: v.pipe(v.array(v.object({ src: text, sizes: v.optional(text) })), v.maxLength(MAX_ICONS)),
})
export type CallOptions = v.InferOutput<typeof CallOptions>

/** The same call by a script of a service worker. `location`: null where that is not known, as in a page. */
export const WorkerCall = v.object({
  type: v.literal('worker-call'),
  worker,
  method: PageCall.entries.method,
  id,
  location: PageCall.entries.location,
  callers: PageCall.entries.callers,
  ended: PageCall.entries.ended,
  otherTab: PageCall.entries.otherTab,
  untracedUntil: PageCall.entries.untracedUntil,
})
export type WorkerCall = v.InferOutput<typeof WorkerCall>

/**
 * No fetch was seen within three seconds after a script of the page called `fetch()`, while a page of the origin looked for fetches: the
 * browser refused it, asks the user, or it ended before it could be listed.
 */
export const FetchNotSeen = v.object({
  type: v.literal('fetch-not-seen'),
  id,
  origin: text,
  /** When it was called, in epoch milliseconds. */
  calledAt: Time,
  /** Where it was called; null where that is not known, also where it is not known for which of several calls no fetch was seen. */
  location: v.nullable(Location),
  /** What the promise was rejected with, where the page did not catch it; else ''. */
  error: text,
  /** What nobody caught meanwhile, and other functions of the browser reject with as well. */
  possibleError: v.optional(text),
  /** State of the permission `background-fetch` in the document then, where it was asked for; see `Permission`. */
  permission: v.optional(v.picklist(['granted', 'denied', 'prompt', 'unknown'])),
  /** A fetch with this ID began that this call or one at another place may have started: which of them did is not known. */
  ambiguous: v.optional(v.boolean()),
})
export type FetchNotSeen = v.InferOutput<typeof FetchNotSeen>
