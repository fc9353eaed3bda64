import * as v from 'valibot'
import { Handle } from './handle'
import { workerProblems } from './worker-events'
import { text } from './worker-fields'

const short = v.pipe(v.string(), v.maxLength(1024))

/** A person has the event that can be synthetic (see `event-names.ts`) dispatched for an active fetch: noted before anything is done for it. */
export const SyntheticEventRequested = v.object({
  type: v.literal('synthetic-event-requested'),
  handle: Handle,
  command: short,
})

/** What the probe did with such a request. */
export const SyntheticOutcome = v.picklist(['dispatched', 'no-listener', 'no-fetch'])
export type SyntheticOutcome = v.InferOutput<typeof SyntheticOutcome>

/**
 * It was not dispatched. `no-listener`: the worker is known to have none. `no-fetch`: the fetch is not active any more. `not-started`: the
 * worker did not run, and could not be started, or was not traced when it was. `foreign`: it is the worker of a frame from another site. `interrupted`: the
 * extension was started again meanwhile, and nobody knows whether it was.
 */
export const SyntheticEventFailed = v.object({
  type: v.literal('synthetic-event-failed'),
  handle: Handle,
  command: short,
  reason: v.picklist([...workerProblems, 'no-listener', 'no-fetch', 'not-started', 'foreign', 'interrupted']),
  detail: text,
})
export type SyntheticEventFailed = v.InferOutput<typeof SyntheticEventFailed>
