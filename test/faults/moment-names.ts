/** The moments of an abort at which faults happen, the latest first, with what a reader calls them. */
export const moments = {
  verdict: 'before the verdict',
  handler: 'in the handler',
  abort: 'between `abort()` and settled',
  click: 'before the click is delivered',
} as const
export type Moment = keyof typeof moments

export const allMoments: readonly Moment[] = ['verdict', 'handler', 'abort', 'click']
