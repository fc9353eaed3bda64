/** Who may have called the same as a traced script. What a call was answered is not seen: it may be theirs that had the effect. */
export interface OtherCallers {
  /** Another tab had a document of the origin. */
  readonly orOtherTab: boolean
  /** A service worker of the origin ran of which not all calls were seen. */
  readonly orWorker: boolean
}

export const noOthers: OtherCallers = { orOtherTab: false, orWorker: false }

interface Call {
  readonly otherTab?: boolean | undefined
  readonly untracedUntil?: number | undefined
}

/**
 * Who may have made one of several calls in place of the scripts that were seen to.
 *
 * @param since before it nobody can have called, in epoch milliseconds
 */
export const otherCallers = (calls: readonly Call[], since = 0): OtherCallers => ({
  orOtherTab: calls.some(({ otherTab }) => otherTab),
  orWorker: calls.some(({ untracedUntil }) => untracedUntil !== undefined && untracedUntil >= since),
})

/** Whether nobody else may have made the calls. */
export const isCertain = (...calls: readonly Call[]): boolean => {
  const { orOtherTab, orWorker } = otherCallers(calls)
  return !orOtherTab && !orWorker
}
