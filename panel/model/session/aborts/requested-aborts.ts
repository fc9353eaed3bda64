import type { Fetch } from '../view'
import type { AbortAttempt, AbortOutcome } from './abort-attempt'

/** The page has answered that its `abort()` ended the fetch. */
const hasEnded = ({ outcome }: AbortAttempt): boolean => outcome?.kind === 'resolved' && outcome.value

/** Takes the attempts in, and chooses the one that is shown: the first that ended the fetch, else the last. */
function take(fetch: Fetch, aborts: readonly AbortAttempt[]): void {
  fetch.aborts = aborts
  fetch.abort = aborts.find(hasEnded) ?? aborts.at(-1) ?? null
}

/** Notes that an abort was asked for in this panel. Returns false where it was known: a background may ask once more. */
export function abortRequested(fetch: Fetch, at: number, command: string): boolean {
  if (fetch.aborts.some((one) => one.command === command)) return false
  take(fetch, [...fetch.aborts, { at, command, answeredAt: null, outcome: null }])
  return true
}

/** Notes what became of an abort. Returns the attempt; undefined where nobody is known to have asked for it. */
export function abortAnswered(
  fetch: Fetch,
  at: number,
  command: string,
  outcome: AbortOutcome,
): AbortAttempt | undefined {
  const asked = fetch.aborts.find((one) => one.command === command)
  if (!asked) return undefined
  const answered = { ...asked, answeredAt: at, outcome }
  take(
    fetch,
    fetch.aborts.map((one) => (one === asked ? answered : one)),
  )
  return answered
}

/**
 * The abort that was asked for here and ended the fetch, or may have: the first that was answered with true. Where none was, the first
 * that has no answer yet, as the page takes them in their order; else the last of which it is not known what became.
 */
export const effectiveAbort = ({ aborts }: Pick<Fetch, 'aborts'>): AbortAttempt | null =>
  aborts.find(hasEnded) ??
  aborts.find(({ outcome }) => outcome === null) ??
  aborts.findLast(({ outcome }) => outcome?.kind === 'unanswered') ??
  null

const askedBefore = ({ at }: AbortAttempt, { settledAt }: Fetch) => settledAt === null || at <= settledAt

/**
 * Whether `abort()` of this panel ended the fetch. An answer that never came proves nothing: the page may have left
 * before it called `abort()`.
 */
export const abortedByPanel = (fetch: Fetch): boolean =>
  fetch.aborts.some((one) => askedBefore(one, fetch) && hasEnded(one))

/** Whether `abort()` of this panel may have ended the fetch: the answer comes on another way than the end, and may be later. */
export const awaitsAnswer = (fetch: Fetch): boolean =>
  fetch.aborts.some((one) => askedBefore(one, fetch) && one.outcome === null)

/** Nobody waits for the answer to an abort of it. */
export const isAbortAnswered = ({ aborts }: Fetch): boolean => aborts.every(({ outcome }) => outcome !== null)
