import type { BodyOf } from '../../../protocol/events'
import type { Location, Thrown } from '../../../protocol/worker-fields'

/** A promise that was handed to `waitUntil()`. */
export interface Waited {
  readonly n: number
  readonly at: number
  readonly given: BodyOf<'wait-until'>['given']
  readonly location: Location | null
  settledAt: number | null
  error: Thrown | null
}

/** Promises of an event that were not reported one by one. */
export interface CountedPromises {
  called: number
  /** Calls that gave a promise or a thenable. */
  awaited: number
  fulfilled: number
  rejected: number
}
