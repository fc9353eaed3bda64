/** One outcome in one sentence: shown for a moment, and read out by a screen reader. */
export interface Notice {
  /** The id of the fetch, in one line; '' for several fetches. */
  readonly id: string
  /** What became of it: goes on after the id. */
  readonly text: string
  /** Outcomes that came with it and are not said. */
  readonly more: number
  /** It says a verdict. */
  readonly isVerdict: boolean
  /** What it says may still change: it is read out only when the final verdict does not follow soon. */
  readonly isInterim: boolean
  /** The details of the fetch say it as well. */
  readonly inDetails: boolean
  /** Something did not work. */
  readonly bad: boolean
  /** Key of the fetch whose details say more; null for several. */
  readonly fetch: string | null
}

/** The outcomes that came in one moment, as one: a bad one before others, a final one before one that may change. Null where there is none. */
export function together(all: readonly Notice[]): Notice | null {
  const first = all.find(({ bad }) => bad) ?? all.findLast(({ isInterim }) => !isInterim) ?? all.at(-1)
  return first ? { ...first, more: all.length - 1 } : null
}

/**
 * The notice that is shown, with what its verdict says now: the same verdict in other words, which is not read out again.
 *
 * @returns null where another notice is shown, or none
 */
export const withVerdict = (shown: Notice | null, { fetch, text }: Notice): Notice | null =>
  shown?.isVerdict && shown.fetch === fetch && shown.text !== text ? { ...shown, text } : null
