import { endEvent } from '../fetch-phase'
import type { Fetch, TracedEvent } from '../view'

/** The event for the end of a fetch that has ended, where it was traced. */
export const endEventOf = ({ settledAt, events, attributes }: Fetch): TracedEvent | undefined =>
  settledAt === null ? undefined : events.find(({ dispatched }) => dispatched.name === endEvent(attributes))
