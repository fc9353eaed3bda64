import { isLive } from '../session/fetch-phase'
import type { Fetch } from '../session/view'

/** Where on the progress bar of a fetch its planned abort is, in percent; null where it has no place there. */
export function plannedShare(fetch: Fetch): number | null {
  const { planned, attributes } = fetch
  const { downloaded, downloadTotal, uploadTotal } = attributes
  if (!planned || downloadTotal === 0 || !isLive(fetch)) return null
  // What the bar shows is what is sent then.
  if (uploadTotal > 0 && downloaded === 0) return null
  const { moment } = planned
  if (moment.kind === 'percent') return moment.percent
  return moment.kind === 'bytes' ? Math.min(100, (moment.bytes / downloadTotal) * 100) : null
}
