import { MAX_URL } from '../../protocol/attributes'
import type { NetworkStep } from './network-step'

/** Where requests are observed. */
export interface RequestSource {
  /** Whether a person has given the permission. */
  permitted(): Promise<boolean>
  /** Reports requests of background fetches of all origins, and maybe others; returns what ends that. */
  listen(report: (step: NetworkStep) => void): () => void
}

/** `Origin` of so many requests is remembered until their response comes. */
const MAX_ORIGINS = 1000

/** A background fetch is of no tab. The browser calls nobody for any other request. */
const FILTER = { urls: ['<all_urls>'], types: ['other'], tabId: -1 } satisfies chrome.webRequest.RequestFilter

interface Header {
  readonly name: string
  readonly value?: string | undefined
}

interface Details {
  readonly requestId: string
  readonly timeStamp: number
  readonly initiator?: string | undefined
  readonly url: string
  readonly method: string
}

interface ResponseDetails extends Details {
  readonly statusCode: number
  readonly responseHeaders?: readonly Header[] | undefined
}

const cutUrl = (url: string) => url.slice(0, MAX_URL)

/** The value of a header; null where there is none. No other header is read. */
function headerOf(headers: readonly Header[] | undefined, name: string, longest = 1024): string | null {
  const found = headers?.filter((one) => one.name.toLowerCase() === name) ?? []
  if (found.length === 0) return null
  return found
    .map(({ value }) => value ?? '')
    .join(', ')
    .slice(0, longest)
}

function lengthOf(headers: readonly Header[] | undefined): number | null {
  const value = headerOf(headers, 'content-length')
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null
}

/** https://fetch.spec.whatwg.org/#redirect-status */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Where a response leads on to; '' where it is no redirect. */
function redirectOf({ url, statusCode, responseHeaders }: ResponseDetails): string {
  const location = REDIRECTS.has(statusCode) ? headerOf(responseHeaders, 'location', MAX_URL) : null
  return location !== null && URL.canParse(location, url) ? cutUrl(new URL(location, url).href) : ''
}

const base = ({ requestId, timeStamp, initiator }: Details) => ({
  request: requestId,
  at: timeStamp,
  initiator: initiator ?? '',
})

/**
 * The requests of background fetches, as the optional permission `webRequest` gives them. Nothing is blocked or changed, and no
 * header is read but those that `NetworkResponse` names.
 * https://developer.chrome.com/docs/extensions/reference/api/webRequest
 */
export const webRequests: RequestSource = {
  // The API stays where it was given once, also without the permission.
  permitted: () => chrome.permissions.contains({ permissions: ['webRequest'] }),
  listen(report) {
    const { webRequest } = chrome
    const origins = new Map<string, string | null>()

    // It holds nothing back.
    const sent = (details: Details): undefined =>
      void report({
        kind: 'sent',
        ...base(details),
        method: details.method.slice(0, 200),
        url: cutUrl(details.url),
      })
    const headersSent = ({ requestId, requestHeaders }: Details & { requestHeaders?: readonly Header[] }) => {
      origins.delete(requestId)
      origins.set(requestId, headerOf(requestHeaders, 'origin'))
      const [oldest] = origins.keys()
      if (origins.size > MAX_ORIGINS && oldest !== undefined) origins.delete(oldest)
    }
    const responded = (details: ResponseDetails): undefined => {
      const { requestId, url, statusCode, responseHeaders } = details
      report({
        kind: 'response',
        ...base(details),
        url: cutUrl(url),
        status: statusCode,
        redirect: redirectOf(details),
        origin: origins.get(requestId) ?? null,
        allowOrigin: headerOf(responseHeaders, 'access-control-allow-origin'),
        allowCredentials: headerOf(responseHeaders, 'access-control-allow-credentials'),
        contentLength: lengthOf(responseHeaders),
        encoded: headerOf(responseHeaders, 'content-encoding') !== null,
      })
    }
    const end = (details: Details & { readonly error?: string }) => {
      origins.delete(details.requestId)
      report({ kind: 'end', ...base(details), error: (details.error ?? '').slice(0, 1024) })
    }

    webRequest.onBeforeRequest.addListener(sent, FILTER)
    webRequest.onSendHeaders.addListener(headersSent, FILTER, ['requestHeaders', 'extraHeaders'])
    // The only one that comes also where CORS does not let the response through.
    webRequest.onHeadersReceived.addListener(responded, FILTER, ['responseHeaders'])
    webRequest.onCompleted.addListener(end, FILTER)
    webRequest.onErrorOccurred.addListener(end, FILTER)
    return () => {
      origins.clear()
      webRequest.onBeforeRequest.removeListener(sent)
      webRequest.onSendHeaders.removeListener(headersSent)
      webRequest.onHeadersReceived.removeListener(responded)
      webRequest.onCompleted.removeListener(end)
      webRequest.onErrorOccurred.removeListener(end)
    }
  },
}
