import { withoutResponse } from '../../../protocol/attributes'
import { SAFE_HEADERS, SAFE_METHODS, SAFE_TYPES } from '../../../protocol/cors'
import type { BodyOf } from '../../../protocol/events'
import { originOf } from '../../../protocol/origin'
import type { RequestOutcomes } from '../../../protocol/storage-events'
import type { Fetch } from '../session/view'

/** Their value decides. */
const BY_VALUE = new Set(['content-type', 'range'])

type EventRequest = BodyOf<'event-requests'>['requests'][number]

/** Whether CORS asks the server before such a request; null where what was read of it does not say. */
function needsPreflight({ method, url, headers, contentType }: EventRequest, origin: string): boolean | null {
  const own = originOf(url)
  if (own === '') return null
  if (own === origin) return false
  if (!SAFE_METHODS.has(method)) return true
  if (headers.some((name) => !SAFE_HEADERS.has(name) && !BY_VALUE.has(name))) return true
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  if (headers.includes('content-type') && !SAFE_TYPES.has(type)) return true
  // Whether a range or a long value is safe is not known here.
  return headers.includes('range') ? null : false
}

/** The requests of a fetch as its worker read them: of those that CORS would ask for it is known that none was sent. */
export function requestsOf(fetch: Fetch, { total, requests }: BodyOf<'event-requests'>): RequestOutcomes {
  const records = requests.map((request, index) => {
    const { method, url } = request
    const asks = needsPreflight(request, originOf(fetch.scope))
    return withoutResponse({ index, method, url, state: asks ? 'failed' : 'unknown', needsPreflight: asks })
  })
  return { type: 'request-outcomes', handle: fetch.handle, total, records, problem: null }
}
