import type { BodyOf } from '../../../protocol/events'
import { originOf } from '../../../protocol/origin'
import { originOfKey } from '../../../protocol/storage-key'
import { type Key, t } from '../../i18n/i18n'
import { oneLine, pathIn } from '../format'
import type { ObservedRequest, ObservedResponse } from '../session/observed-request'
import type { Fetch } from '../session/view'

/** The browser's names of errors. https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h */
const errors: readonly (readonly [RegExp, Key])[] = [
  [/^net::ERR_CONNECTION_REFUSED$/, 'cause_refused'],
  [/^net::ERR_(?:NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_)/, 'cause_dns'],
  [/^net::ERR_(?:CONNECTION_(?:RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)$/, 'cause_cut'],
  [/^net::ERR_(?:HTTP2|QUIC)_/, 'cause_cut'],
  [/^net::ERR_(?:CONNECTION_)?TIMED_OUT$/, 'cause_timed_out'],
  [/^net::ERR_(?:INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_UNREACHABLE)$/, 'cause_offline'],
  [/^net::ERR_(?:CERT_|SSL_)/, 'cause_certificate'],
  [/^net::ERR_(?:CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)$/, 'cause_short'],
  [/^net::ERR_TOO_MANY_REDIRECTS$/, 'cause_redirects'],
  [/^net::ERR_BLOCKED_BY_CLIENT$/, 'cause_blocked'],
]

/** The browser ended the request itself: the fetch was aborted or has failed, or the status is none that it takes. */
export const ABORTED = 'net::ERR_ABORTED'

/** The error of a response that CORS did not let through, and of others. */
const FAILED = 'net::ERR_FAILED'

/** What a network error means, with the browser's name of it. */
export function errorText(error: string): string {
  const known = errors.find(([pattern]) => pattern.test(error))
  const name = oneLine(error, 200)
  return known ? t(known[1], name) : name
}

/** A response of this status makes a fetch end as `bad-status`; one of 0 is no response. */
export const isBadStatus = (status: number): boolean => status !== 0 && (status < 200 || status > 299)

/** The page's origin. */
export const originOfFetch = ({ storageKey }: Pick<Fetch, 'storageKey'>): string => originOfKey(storageKey)

const where = (url: string) => oneLine(pathIn(url, ''), 300)

/**
 * Whether CORS decides over the last of these responses: it is of another origin than the page, or was reached over one.
 * https://fetch.spec.whatwg.org/#concept-main-fetch
 */
const needsCors = (responses: readonly Pick<ObservedResponse, 'url'>[], origin: string): boolean =>
  responses.some(({ url }) => originOf(url) !== origin)

/** What of a response is needed to say whether CORS lets it through. */
type Head = Pick<BodyOf<'network-response'>, 'url' | 'origin' | 'allowOrigin'>

/**
 * Why CORS does not let a response through; '' where nothing that was observed says so.
 *
 * @param before the redirects that led to it
 * @param origin of the page
 */
function corsProblem(before: readonly Head[], head: Head, origin: string): string {
  if (!needsCors([...before, head], origin)) return ''
  const { url, allowOrigin, origin: sent } = head
  const from = before.at(-1)
  // The request's own URL stands beside it.
  const place = from ? where(url) : oneLine(originOf(url) || url, 300)
  const redirected = from ? ` ${t('cors_redirected', where(from.url))}` : ''
  if (allowOrigin === null) {
    const asked = sent === 'null' ? ` ${t('cors_null_origin')}` : ''
    return t('cors_missing', place) + redirected + asked
  }
  if (allowOrigin === '*' || sent === null || allowOrigin === sent) return ''
  return t('cors_mismatch', place, oneLine(allowOrigin, 200), oneLine(sent, 200)) + redirected
}

/**
 * Why a request has no response that the page may read, or not all of it, as far as that was observed; '' where nothing was.
 *
 * @param origin of the page
 */
export function causeOf({ responses, error }: ObservedRequest, origin: string): string {
  const last = responses.at(-1)
  if (error === '' || error === ABORTED)
    return last && !last.redirect && isBadStatus(last.status) ? t('cause_status', last.status) : ''
  // What the headers lack is a cause only where the browser did not let the response through: an extension may have added them.
  if (error !== FAILED || !needsCors(responses, origin)) return errorText(error)
  for (const [i, response] of responses.entries()) {
    const problem = corsProblem(responses.slice(0, i), response, origin)
    if (problem) return problem
  }
  const mayLackCredentials = last?.allowOrigin === '*' || last?.allowCredentials !== 'true'
  return mayLackCredentials ? `${errorText(error)} ${t('cors_credentials')}` : errorText(error)
}

/** A request whose response came, whatever its status. */
export const hasResponse = ({ responses, error }: ObservedRequest): boolean =>
  error === '' && responses.length > 0

/** Where a request went: `302 → https://cdn.example/a.mp3 · 200`. */
export function chainText({ responses }: ObservedRequest, origin: string): string {
  return responses
    .map(({ status, redirect }) =>
      redirect ? `${status} → ${oneLine(pathIn(redirect, origin), 300)}` : String(status),
    )
    .join(' · ')
}
