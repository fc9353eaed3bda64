import * as v from 'valibot'
import { eventNames } from './event-names'
import { Duration } from './numbers'
import { event, Location, worker } from './worker-fields'

/**
 * Where the worker pauses for an event: the first lines of its handlers, as far as these are known. `missing`: why there is none,
 * or `some` where one of several handlers has none.
 */
export const HandlerBreakpoints = v.object({
  type: v.literal('handler-breakpoints'),
  worker,
  name: v.picklist(eventNames),
  locations: v.pipe(v.array(Location), v.maxLength(20)),
  missing: v.nullable(v.picklist(['no-listener', 'unknown', 'some'])),
})

/**
 * The worker was seen to be paused in the debugger. `location`: of the handler's first line, where a breakpoint of the panel was met;
 * null where it pauses at another place, which is not known, and then since some time before.
 */
export const WorkerPaused = v.object({
  type: v.literal('worker-paused'),
  worker,
  /** null where that is not known. */
  event: v.nullable(event),
  location: v.nullable(Location),
})

/** It goes on. `after`: for how long it was paused; null where only the end of the pause was seen. */
export const WorkerResumed = v.object({
  type: v.literal('worker-resumed'),
  worker,
  event: v.nullable(event),
  after: v.nullable(Duration),
})

/**
 * A worker was to pause at the handlers of an event, and did not. `late`: no breakpoint was in place yet when the event came; `no-breakpoint`:
 * where the handlers are is not known; `not-met`: they did not run as far as their first line; `ran-on`: one was met, and the worker went on.
 */
export const WorkerNotPaused = v.object({
  type: v.literal('worker-not-paused'),
  worker,
  event: v.nullable(event),
  name: v.nullable(v.picklist(eventNames)),
  reason: v.picklist(['late', 'no-breakpoint', 'not-met', 'ran-on']),
  location: v.nullable(Location),
})
export type WorkerNotPaused = v.InferOutput<typeof WorkerNotPaused>

/** All that is reported of pauses of workers. */
export const pauseEvents = [HandlerBreakpoints, WorkerPaused, WorkerResumed, WorkerNotPaused] as const

/** The condition of a breakpoint at a handler's first line was evaluated, and lets the worker pause. */
export const BreakpointMet = v.object({
  type: v.literal('breakpoint-met'),
  worker,
  /** Which breakpoint. */
  point: event,
  event: v.nullable(event),
})
/** The script has added a listener to one of the events. */
export const ListenersChanged = v.object({ type: v.literal('listeners-changed'), worker })
