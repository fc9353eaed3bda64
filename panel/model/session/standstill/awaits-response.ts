import { isLive } from '../fetch-phase'
import type { Fetch } from '../view'

/** All bodies of a fetch that runs were sent, and nothing of a response has arrived. */
export function awaitsResponse(fetch: Fetch): boolean {
  const { uploaded, uploadTotal, downloaded } = fetch.attributes
  const { responses } = fetch
  if (responses && responses.ready >= responses.total) return false
  return isLive(fetch) && uploadTotal > 0 && uploaded >= uploadTotal && downloaded === 0
}
