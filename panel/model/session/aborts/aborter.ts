import type { TracedCall } from '../traced-call'
import type { Fetch } from '../view'
import { abortedByPanel } from './requested-aborts'
import { tracedAborter } from './traced-aborts'

/** Who aborted a fetch, as far as it was observed. */
export interface Aborter {
  /**
   * `page`, `worker`: a script of it called `abort()`. `elsewhere`: this panel was not asked to. `other-panel`: the panel of another
   * tab was. `not-this-tab`: neither was this panel, nor did a script of the tab call `abort()`. `unknown`: this panel may have.
   */
  readonly by: 'panel' | 'page' | 'worker' | 'elsewhere' | 'other-panel' | 'not-this-tab' | 'unknown'
  /** The script's call; null where it was none, or is not known. */
  readonly call: TracedCall | null
}

/**
 * Who aborted a fetch: what this panel was answered (`requested-aborts.ts`), else what the tracer saw scripts call
 * (`traced-aborts.ts`), else what the background knows of other tabs. Null where it was not aborted, or no end was reported.
 */
export function aborterOf(fetch: Fetch): Aborter | null {
  const { settledAt, attributes, abortCause, abort } = fetch
  if (settledAt === null || attributes.failureReason !== 'aborted') return null
  if (abortedByPanel(fetch)) return { by: 'panel', call: null }
  return tracedAborter(fetch) ?? { by: abortCause ?? (abort ? 'unknown' : 'elsewhere'), call: null }
}
