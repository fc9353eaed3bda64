import * as v from 'valibot'
import { FetchAttributes } from './attributes'
import { eventNames } from './event-names'
import { Count, List, Ordinal, Time } from './numbers'
import { PageCall } from './page-script-events'
import { BreakpointMet, ListenersChanged } from './pause-events'
import { event, id, Location, state, Thrown, text, worker } from './worker-fields'

/** Counts the calls of one kind in an event; from 1. */
const n = Ordinal

export const WorkerState = v.object({ type: v.literal('worker-state'), worker, state })

/** An event, as it reached the worker's global scope: the browser's own, or one that a script or the probe made. */
export const Dispatched = v.object({
  type: v.literal('dispatched'),
  worker,
  event,
  name: v.picklist(eventNames),
  id,
  attributes: FetchAttributes,
  cancelable: v.boolean(),
  bubbles: v.boolean(),
  isTrusted: v.boolean(),
  /** It was made and dispatched by the probe, as a person wanted it in the panel. */
  synthetic: v.optional(v.boolean()),
  /** Its listeners had returned when it was seen: the worker ran before it was traced. */
  late: v.optional(v.boolean()),
  /** How many listeners it has; null where the script ran before the probe, so that it is not known. */
  handlers: v.nullable(Count),
  /** A listener is an async function. */
  asynchronous: v.boolean(),
  /** Where the first listener was added. */
  location: v.nullable(Location),
})

/** The first requests of a fetch that failed before anything moved, and which headers they have. */
export const EventRequests = v.object({
  type: v.literal('event-requests'),
  worker,
  event,
  total: Count,
  requests: List(v.object({ method: text, url: text, headers: v.array(text), contentType: text })),
})

/** The last listener returned (or threw), or one of them called `stopImmediatePropagation()`. */
export const HandlerReturned = v.object({
  type: v.literal('handler-returned'),
  worker,
  event,
  /** How many listeners ran; null where that was not counted. */
  ran: v.nullable(Count),
})

export const WaitUntil = v.object({
  type: v.literal('wait-until'),
  worker,
  event,
  n,
  /** What was passed. Anything but a promise or a thenable counts as done at once. */
  given: v.picklist(['promise', 'thenable', 'function', 'value']),
  location: v.nullable(Location),
})

/**
 * Why `waitUntil()` threw: the event was over, it was called without an argument, or something else did, such as the
 * script's own getter on what it was given.
 */
const refusalReason = v.picklist(['event-over', 'no-argument', 'other'])
export type RefusalReason = v.InferOutput<typeof refusalReason>

/** `waitUntil()` threw. */
export const WaitUntilRefused = v.object({
  type: v.literal('wait-until-refused'),
  worker,
  event,
  error: Thrown,
  /** Older recordings do not have it; their exception reports as much. */
  reason: v.optional(refusalReason),
  location: v.nullable(Location),
})

/** How the promise of a call ended; `error` is null when it was fulfilled. */
const ended = { worker, event, n, error: v.nullable(Thrown) }

export const PromiseSettled = v.object({ type: v.literal('promise-settled'), ...ended })

export const UpdateUI = v.object({
  type: v.literal('update-ui'),
  worker,
  event,
  n,
  title: text,
  location: v.nullable(Location),
})

export const UpdateUISettled = v.object({ type: v.literal('update-ui-settled'), ...ended })

/** More happened in an event than is reported one by one; so much since the last report of this kind. */
export const CallsCounted = v.object({
  type: v.literal('calls-counted'),
  worker,
  event,
  /** Calls of `waitUntil()` that did not throw, and how many of them were given a promise or a thenable. */
  called: Count,
  awaited: Count,
  /** Of such calls, now or before, so many have ended. */
  fulfilled: Count,
  rejected: Count,
  /** Calls of `waitUntil()` that threw. */
  refused: Count,
  /** Calls of `updateUI()`. */
  updates: Count,
})

/** All listeners returned and everything passed to `waitUntil()` settled. */
export const EventDone = v.object({
  type: v.literal('event-done'),
  worker,
  event,
  promises: Count,
  rejected: Count,
})

/** All that the probe reports. */
export const fromProbe = [
  WorkerState,
  Dispatched,
  EventRequests,
  HandlerReturned,
  WaitUntil,
  WaitUntilRefused,
  PromiseSettled,
  CallsCounted,
  UpdateUI,
  UpdateUISettled,
  EventDone,
] as const

/** A call that a breakpoint has met, before the tracer has read its stack. */
const Called = v.object({
  type: v.literal('called'),
  worker,
  method: PageCall.entries.method,
  id,
  ended: PageCall.entries.ended,
  stack: v.pipe(v.string(), v.maxLength(16_000)),
})

/** The listener in which an event was seen has returned, or all have; others of it may run, and tasks of their own. */
const ListenerReturned = v.object({ type: v.literal('listener-returned'), worker, event })

/** What the probe sends; `worker` is empty and filled in by the tracer. */
export const ProbeMessage = v.object({
  at: Time,
  body: v.variant('type', [...fromProbe, Called, ListenerReturned, BreakpointMet, ListenersChanged]),
})
export type ProbeMessage = v.InferOutput<typeof ProbeMessage>
export type ProbeBody = ProbeMessage['body']
