import type { StartCall } from './beginning'
import type { Fetch } from './view'

/** The calls of which one has started a fetch; none where another tab may have started it. */
export const certainCalls = ({ initiator, startCalls }: Fetch): readonly StartCall[] =>
  initiator?.otherTab ? [] : startCalls
