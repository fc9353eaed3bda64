import * as v from 'valibot'
import { FetchAttributes } from './attributes'
import { type BackgroundFetchEventName, eventNames } from './event-names'
import { Count, Duration, List, Ordinal, Time } from './numbers'

export { type BackgroundFetchEventName, eventNames }

/** The longest text that is taken from a worker in one place. */
export const MAX_WORKER_TEXT = 4000
const text = v.pipe(v.string(), v.maxLength(MAX_WORKER_TEXT))
const id = v.pipe(v.string(), v.maxLength(16_384))
/** Names one run of one service worker: a worker that starts again is another one. */
const worker = v.pipe(v.string(), v.maxLength(200))
/** Counts the events of a run that the probe saw; from 1. */
const event = Ordinal
const n = Ordinal

/** A place in a script; line and column count from 1. `name` is of the function that it is in, where that is known. */
export const Location = v.object({ url: text, line: Count, column: Count, name: v.optional(text) })
export type Location = v.InferOutput<typeof Location>

/** What was thrown or rejected with, in words, and where. */
export const Thrown = v.object({ message: text, stack: text })
export type Thrown = v.InferOutput<typeof Thrown>

/** https://w3c.github.io/ServiceWorker/#serviceworker-state */
const state = v.picklist(['parsed', 'installing', 'installed', 'activating', 'activated', 'redundant'])

/** A run of a worker is traced from here on. */
export const WorkerSeen = v.object({
  type: v.literal('worker-seen'),
  worker,
  url: text,
  scope: id,
  state,
  /** `running` before the tracer came, or `started` under its eyes. */
  how: v.picklist(['running', 'started']),
})

export const WorkerState = v.object({ type: v.literal('worker-state'), worker, state })

/**
 * The run is not traced any more. It is over when it was `asked` to stop from the panel, or `stopped`; it may go on
 * when it is `gone` (replaced, unregistered, or its page was left) or `untraced` (the tracer has detached from the tab).
 */
export const WorkerStopped = v.object({
  type: v.literal('worker-stopped'),
  worker,
  how: v.picklist(['asked', 'stopped', 'gone', 'untraced']),
})

/**
 * Why the tracer can't do something with a worker; `replaced`: its script has replaced built-ins that the probe uses;
 * `error`: the browser refused, in its own words.
 */
export const workerProblems = ['tracer-off', 'not-traced', 'probe-failed', 'replaced', 'error'] as const
export interface WorkerProblem {
  readonly reason: (typeof workerProblems)[number]
  readonly detail: string
}

/** The worker could not be traced; it was resumed all the same. */
export const WorkerUntraced = v.object({
  type: v.literal('worker-untraced'),
  worker,
  url: text,
  reason: v.picklist(workerProblems),
  detail: text,
})

/** A background fetch event that the text of a script mentions; what the text does when it runs is another matter. */
export const ScriptMention = v.object({
  /** Of the event, which may be one that does not exist. */
  name: v.pipe(v.string(), v.maxLength(100)),
  /** As the name of a listener, elsewhere in the code, or in comments only. */
  as: v.picklist(['listener', 'text', 'comment']),
  location: Location,
})
export type ScriptMention = v.InferOutput<typeof ScriptMention>

/** How many listeners an event has; null where that was not counted. */
export const AddedListeners = v.pipe(
  v.array(v.object({ name: v.picklist(eventNames), count: v.nullable(Count) })),
  v.maxLength(eventNames.length),
)

/** The texts of the scripts that a worker has run so far were read. */
export const WorkerScripts = v.object({
  type: v.literal('worker-scripts'),
  worker,
  /** None of them was too long, and none could not be read. */
  complete: v.boolean(),
  mentions: v.pipe(v.array(ScriptMention), v.maxLength(20)),
  /** The listeners that they had added by then. */
  added: AddedListeners,
})

/** The real event, as it reached the worker's global scope. */
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
  /** How many listeners it has; null where the script ran before the probe and nobody can tell. */
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

export const PromiseSettled = v.object({
  type: v.literal('promise-settled'),
  worker,
  event,
  n,
  /** null when it was fulfilled. */
  error: v.nullable(Thrown),
})

export const UpdateUI = v.object({
  type: v.literal('update-ui'),
  worker,
  event,
  n,
  title: text,
  location: v.nullable(Location),
})

export const UpdateUISettled = v.object({
  type: v.literal('update-ui-settled'),
  worker,
  event,
  n,
  error: v.nullable(Thrown),
})

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

/** The event is not over yet, after `after` milliseconds. */
export const StillRunning = v.object({ type: v.literal('still-running'), worker, event, after: Duration })

/**
 * A request that the worker made while it handled background fetch events: it was answered, or failed, or has no answer yet when
 * its event is over or the run ends. `event`: null where several were open, and it may be of either.
 */
export const WorkerRequest = v.object({
  type: v.literal('worker-request'),
  worker,
  event: v.nullable(event),
  method: text,
  url: text,
  /** Of the response; null where there is none. */
  status: v.nullable(Count),
  /** Why there is none, in the browser's words; '' where it may still come. */
  error: text,
  /** Until then, in milliseconds. */
  took: Duration,
  /** The event was over before. */
  late: v.boolean(),
  location: v.nullable(Location),
})

/** So many more requests were made in the event than are reported one by one. */
export const WorkerRequestsCounted = v.object({
  type: v.literal('worker-requests-counted'),
  worker,
  event: v.nullable(event),
  count: Count,
})

/** The worker wrote to its console. */
export const ConsoleCalled = v.object({
  type: v.literal('console'),
  worker,
  event: v.nullable(event),
  level: v.picklist(['log', 'warning', 'error']),
  text,
  location: v.nullable(Location),
})

/** So many messages were written to the console since the last report, too fast for a row each. */
export const ConsoleCounted = v.object({
  type: v.literal('console-counted'),
  worker,
  event: v.nullable(event),
  count: Count,
  /** There may have been more, of any level: the browser did not send them. */
  atLeast: v.optional(v.boolean()),
})

/** Nobody caught it. */
export const Exception = v.object({
  type: v.literal('exception'),
  worker,
  event: v.nullable(event),
  /** It was thrown while the listeners ran. */
  byHandler: v.boolean(),
  error: Thrown,
  location: v.nullable(Location),
})

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
 * `location`: where; null where the page's stacks can't be read.
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
})
export type PageCall = v.InferOutput<typeof PageCall>

/** The same call by a script of a service worker. `location`: null where its stacks can't be read. */
export const WorkerCall = v.object({
  type: v.literal('worker-call'),
  worker,
  method: PageCall.entries.method,
  id,
  location: PageCall.entries.location,
  callers: PageCall.entries.callers,
})
export type WorkerCall = v.InferOutput<typeof WorkerCall>

/**
 * No fetch was seen within three seconds after a script of the page called `fetch()`: the browser refused it, asks the user, or it
 * ended before it could be listed.
 */
export const FetchNotSeen = v.object({
  type: v.literal('fetch-not-seen'),
  id,
  origin: text,
  /** When it was called, in epoch milliseconds. */
  calledAt: Time,
  location: v.nullable(Location),
  /** What the promise was rejected with, where the page did not catch it; else ''. */
  error: text,
})
export type FetchNotSeen = v.InferOutput<typeof FetchNotSeen>

/** The tracer itself. */
export const TracerState = v.object({
  type: v.literal('tracer'),
  state: v.picklist(['on', 'off', 'failed']),
  /** Why it is off or failed. */
  reason: v.picklist([
    '',
    'cancelled',
    'policy',
    'taken',
    'forbidden-page',
    'too-old',
    'closed',
    'interrupted',
    'other',
  ]),
  detail: text,
})
export type TracerState = v.InferOutput<typeof TracerState>

const fromProbe = [
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
  stack: v.pipe(v.string(), v.maxLength(16_000)),
})

/** What the probe sends; `worker` is empty and filled in by the tracer. */
export const ProbeMessage = v.object({ at: Time, body: v.variant('type', [...fromProbe, Called]) })
export type ProbeMessage = v.InferOutput<typeof ProbeMessage>
export type ProbeBody = ProbeMessage['body']

export const WorkerBody = v.variant('type', [
  ...fromProbe,
  WorkerSeen,
  WorkerStopped,
  WorkerUntraced,
  WorkerScripts,
  StillRunning,
  WorkerRequest,
  WorkerRequestsCounted,
  ConsoleCalled,
  ConsoleCounted,
  Exception,
  PageError,
  PageCall,
  WorkerCall,
  FetchNotSeen,
  TracerState,
])
export type WorkerBody = v.InferOutput<typeof WorkerBody>
