import type { SessionEvent } from '../../../protocol/events'

/** An exception of a worker that nobody caught, and of no event that was traced. */
export interface StrayException {
  readonly event: SessionEvent
  readonly message: string
}
