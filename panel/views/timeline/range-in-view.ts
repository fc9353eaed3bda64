import type { Range } from '../../model/timeline/axis'
import type { FoldedClock } from '../../model/timeline/folded-clock'
import { fitTo } from '../../model/timeline/range'
import type { Extent } from '../../model/timeline/timeline'
import { view } from '../../state/session/timeline'

/** Room for the verdict behind the end of the last track, in CSS pixels. */
export const BEHIND = 22

/**
 * What of the time is in view, in epoch milliseconds.
 *
 * @param selected the fetch that is selected
 * @param width of the tracks, in CSS pixels
 */
export function rangeOf(clock: FoldedClock, selected: Extent | undefined, width: number): Range {
  const shown = view.value
  const room = Math.min(0.2, BEHIND / Math.max(1, width))
  if (shown === 'selected' && selected) return fitTo(clock, selected.start, selected.end, room)
  if (typeof shown === 'object' && shown.to > clock.start && shown.from < clock.end) return shown
  return fitTo(clock, clock.start, clock.end, room)
}
