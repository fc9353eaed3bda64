import type { SeenRequest } from '../../../protocol/seen-requests'
import { withoutHash } from '../audit/evidence/complete'
import { isBodiless } from '../repeat'
import type { Fetch } from '../session/view'
import type { CopiedRequest } from './copy-request'

type Request = Pick<CopiedRequest, 'method' | 'url'>

/** Whether two requests were given with the same headers. */
const haveSameHeaders = (one: SeenRequest, other: SeenRequest) =>
  JSON.stringify(one.headers) === JSON.stringify(other.headers)

/** A request of which only the method and the URL are known, of which no more than so many characters are read. */
export const withoutHeaders = ({ method, url }: Request, maxLength: number): CopiedRequest => ({
  method,
  url,
  headers: null,
  mayHaveBody: !isBodiless({ method }),
  isCut: url.length >= maxLength,
})

/**
 * What is known of a request of a fetch. Where its page has seen several requests of this method and URL with different
 * headers, it is not known which of them it is.
 *
 * @param maxLength of the request's URL, which is cut where it is longer
 * @param seen the requests of the fetch as its page has seen them; null where that page does not know them
 */
export function knownRequest(
  { attributes }: Pick<Fetch, 'attributes'>,
  request: Request,
  maxLength: number,
  seen: readonly SeenRequest[] | null,
): CopiedRequest {
  const only = withoutHeaders(request, maxLength)
  // The bytes of all bodies are known before they are sent: 0 where there is none.
  const mayHaveBody = only.mayHaveBody && attributes.uploadTotal > 0
  const isIt = (url: string) =>
    only.isCut ? url.startsWith(request.url) : withoutHash(url) === withoutHash(request.url)
  const same = (seen ?? []).filter(({ method, url }) => method === request.method && isIt(url))
  const [first] = same
  if (!first) return { ...only, mayHaveBody }
  const isCut = only.isCut && same.some(({ url }) => url !== first.url)
  const headers = same.every((one) => haveSameHeaders(one, first)) ? first.headers : null
  return { ...only, url: isCut || !only.isCut ? request.url : first.url, headers, mayHaveBody, isCut }
}
