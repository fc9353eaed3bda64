import { noOthers, type OtherCallers } from '../../../../protocol/other-callers'
import type { TracedCall } from '../traced-call'
import type { Fetch } from '../view'
import { abortedByPanel, awaitsAnswer } from './requested-aborts'
import { possibleCalls, type TracedAborter, tracedAborter } from './traced-aborts'

/** Who aborted a fetch, as far as it was observed. */
export interface Aborter extends OtherCallers {
  /**
   * `page`, `worker`: a script of it called `abort()`. `extension`: a script of an extension in the page did. `script`: code in the page
   * did whose place is not known, and so not whose it is, as it may be the Console's. `elsewhere`: this panel was not asked to. `other-panel`: the panel of another
   * tab was. `not-this-tab`: neither was this panel, nor did a script of the tab call `abort()`. `leaving`: as `elsewhere`, while a page of
   * its origin was being left, whose last calls are not reported. `unknown`: this panel may have.
   */
  readonly by:
    | TracedAborter['by']
    | 'panel'
    | 'elsewhere'
    | 'other-panel'
    | 'not-this-tab'
    | 'leaving'
    | 'unknown'
  /** The script's call; null where it was none, or is not known. */
  readonly call: TracedCall | null
}

/** A page is known to be gone so soon after it was left, or its worker hears of an abort then, in milliseconds; tens were measured. */
export const LEAVING = 1000

const wasBeingLeft = ({ leftAt, settledAt }: Fetch): boolean =>
  leftAt !== null && settledAt !== null && Math.abs(settledAt - leftAt) <= LEAVING

const noCall = { call: null, ...noOthers }

/**
 * Who aborted a fetch: what this panel was answered, or may yet be (`requested-aborts.ts`), else what the tracer saw scripts call
 * (`traced-aborts.ts`), else what the background knows of other tabs. Null where it was not aborted, or no end was reported.
 */
export function aborterOf(fetch: Fetch): Aborter | null {
  const { settledAt, attributes, abortCause, abort } = fetch
  if (settledAt === null || attributes.failureReason !== 'aborted') return null
  if (abortedByPanel(fetch)) return { by: 'panel', ...noCall }
  if (awaitsAnswer(fetch)) return { by: possibleCalls(fetch).length > 0 ? 'unknown' : 'panel', ...noCall }
  const traced = tracedAborter(fetch)
  if (traced) return traced
  if (abortCause !== 'other-panel' && !abort && wasBeingLeft(fetch)) return { by: 'leaving', ...noCall }
  return { by: abortCause ?? (abort ? 'unknown' : 'elsewhere'), ...noCall }
}
