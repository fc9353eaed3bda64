import { isLive } from '../fetch-phase'
import type { Fetch } from '../view'

/** Every request that was observed has a response, as far as its head: the server has answered. */
export const hasAnswered = ({ network }: Fetch): boolean =>
  network.size > 0 &&
  [...network.values()].every(({ responses }) => {
    const last = responses.at(-1)
    return last !== undefined && last.redirect === ''
  })

/** All bodies of a fetch that runs were sent, and nothing of a response is known. */
export function awaitsResponse(fetch: Fetch): boolean {
  const { uploaded, uploadTotal, downloaded } = fetch.attributes
  const { responses } = fetch
  if ((responses && responses.ready >= responses.total) || hasAnswered(fetch)) return false
  return isLive(fetch) && uploadTotal > 0 && uploaded >= uploadTotal && downloaded === 0
}
