import type { BodyOf } from '../../../../protocol/events'

export type AbortOutcome = BodyOf<'abort-answered'>['outcome']

/** An `abort()` that was asked for in this panel, and what the page has answered. Times are epoch milliseconds. */
export interface AbortAttempt {
  readonly at: number
  readonly command: string
  readonly answeredAt: number | null
  readonly outcome: AbortOutcome | null
}
