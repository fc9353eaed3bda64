import { CLOCKS } from '../fetches'
import type { Fetch } from '../view'
import type { FetchEnding } from './fetch-ending'

/** Whether what was changed for an ending was still changed at a moment, in epoch milliseconds, at which a fetch ended. */
export function lasted({ reverted }: FetchEnding, end: number): boolean {
  if (!reverted) return true
  // That is known no earlier than the end, but for what two clocks differ.
  return reverted.at >= (reverted.why === 'fetch-ended' ? end - CLOCKS : end)
}

/** The limit of a quota that was in force at a moment, in epoch milliseconds; for this fetch or another one. */
export const limitAt = ({ limits, forced }: Fetch, at: number): FetchEnding | undefined =>
  limits.findLast(
    (one) => one.at <= at && (one === forced ? lasted(one, at) : !one.reverted || one.reverted.at >= at),
  )
