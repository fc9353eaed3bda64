import { isCertain } from '../../../protocol/other-callers'
import type { StartCall } from './beginning'
import type { Fetch } from './view'

/** The calls of which one has started a fetch; none where it may have been somebody else. */
export const certainCalls = ({ initiator, startCalls }: Fetch): readonly StartCall[] =>
  initiator && isCertain(initiator) ? startCalls : []
