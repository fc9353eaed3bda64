import type { BodyOf } from '../../../../protocol/events'
import type { Forced } from '../../../../protocol/forced-endings'

/** An ending that a person has chosen for a fetch before it was started. */
export interface FetchEnding extends Forced {
  readonly at: number
  /** What was changed for it is as before, and why; null until then, and where nothing was changed for a fetch that was started. */
  readonly reverted: { readonly at: number; readonly why: BodyOf<'ending-reverted'>['why'] } | null
}
