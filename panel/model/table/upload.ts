import type { FetchRecord } from '../../../protocol/attributes'
import { isLive } from '../session/fetch-phase'
import type { Fetch } from '../session/view'

/** Bodies of its requests may be on their way. Chromium 156 crashes when a fetch is aborted then; see docs/chromium.md. */
export const isSending = (fetch: Fetch): boolean =>
  isLive(fetch) && fetch.attributes.uploaded < fetch.attributes.uploadTotal

/** How much of its bodies was sent, at most: the browser may set the number back when a fetch ends. */
export const sentOf = ({ attributes, samples }: Fetch): number =>
  samples.reduce((most, { uploaded }) => Math.max(most, uploaded), attributes.uploaded)

/** Methods of requests that have no body. https://fetch.spec.whatwg.org/#dom-request */
const WITHOUT_BODY = new Set(['GET', 'HEAD'])

/**
 * The index of the request whose body may be on its way: the only one that may have a body and has no response yet. Null
 * where there are several, or not all requests are known; the browser reports the bytes of all bodies in one number.
 *
 * @param total how many requests the fetch has
 */
export function sendingRequest(records: readonly FetchRecord[], total: number): number | null {
  if (records.length < total) return null
  const [first, ...others] = records.filter(
    ({ state, method }) => state === 'pending' && !WITHOUT_BODY.has(method),
  )
  return first && others.length === 0 ? first.index : null
}
