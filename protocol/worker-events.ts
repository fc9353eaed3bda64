import * as v from 'valibot'
import { eventNames } from './event-names'
import { Count, Duration } from './numbers'
import { CallOptions, FetchNotSeen, PageCall, PageError, WorkerCall } from './page-script-events'
import { pauseEvents } from './pause-events'
import { fromProbe } from './probe-events'
import { event, id, Location, state, Thrown, text, worker } from './worker-fields'

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
 * `unreadable`: the browser's answer to the command of this name has a shape that is not known; `error`: the browser refused, in its
 * own words.
 */
export const workerProblems = [
  'tracer-off',
  'not-traced',
  'probe-failed',
  'replaced',
  'unreadable',
  'error',
] as const
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

/** What is wrong in the text of a script; none of it was seen at run time. */
export const scriptRules = [
  'script-unknown-event',
  'script-no-update-ui',
  'script-registration-method',
  'script-wait-until-function',
  'script-record-stored',
  'script-caches-deleted',
  'script-event-not-extended',
  'script-store-created-late',
] as const
export type ScriptRule = (typeof scriptRules)[number]

export const ScriptFinding = v.object({ rule: v.picklist(scriptRules), location: Location })
export type ScriptFinding = v.InferOutput<typeof ScriptFinding>

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
  /** Older recordings have none. */
  findings: v.optional(v.pipe(v.array(ScriptFinding), v.maxLength(20))),
  /** The listeners that they had added by then. */
  added: AddedListeners,
})

/** The event is not over yet, after `after` milliseconds. */
export const StillRunning = v.object({ type: v.literal('still-running'), worker, event, after: Duration })

/**
 * A request that the worker made while it handled background fetch events: it was answered, or failed, or has no answer yet when
 * its event is over or the run ends. `event`: null where several were open, and it may be of any.
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
  /** Sent while the listeners of the event ran: else another event or a timer of the worker may have sent it. Older recordings do not say. */
  byListeners: v.optional(v.boolean()),
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
  /** The browser's number of it; older recordings have none. */
  exception: v.optional(Count),
  error: Thrown,
  location: v.nullable(Location),
})

/** A rejection was handled that was reported as an uncaught exception before. `event`: as that was reported. */
export const RejectionHandled = v.object({
  type: v.literal('rejection-handled'),
  worker,
  event: v.nullable(event),
  exception: Count,
})

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

export const WorkerBody = v.variant('type', [
  ...fromProbe,
  WorkerSeen,
  WorkerStopped,
  WorkerUntraced,
  WorkerScripts,
  StillRunning,
  WorkerRequest,
  WorkerRequestsCounted,
  ...pauseEvents,
  ConsoleCalled,
  ConsoleCounted,
  Exception,
  RejectionHandled,
  PageError,
  PageCall,
  CallOptions,
  WorkerCall,
  FetchNotSeen,
  TracerState,
])
export type WorkerBody = v.InferOutput<typeof WorkerBody>
