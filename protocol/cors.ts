/** Methods that CORS lets through unasked: https://fetch.spec.whatwg.org/#cors-safelisted-method */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])

/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header, but for the two whose value decides. */
export const SAFE_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-language'])
/** Media types of a `Content-Type` that CORS lets through unasked. */
export const SAFE_TYPES: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
])
const MAX_VALUE = 128

function isSafe(name: string, value: string): boolean {
  if (value.length > MAX_VALUE) return false
  if (SAFE_HEADERS.has(name)) return true
  if (name === 'range') return /^bytes=\d+-\d*$/.test(value)
  return name === 'content-type' && SAFE_TYPES.has((value.split(';')[0] ?? '').trim().toLowerCase())
}

/** What decides whether CORS asks the server before a request. */
interface CorsRequest {
  readonly url: string
  readonly method: string
  readonly headers: Iterable<readonly [name: string, value: string]>
}

/**
 * Whether CORS asks the server before a request of a page, which Background Fetch does not do. Throws where the URL can't be
 * parsed.
 */
export function needsPreflight({ url, method, headers }: CorsRequest, origin: string): boolean {
  if (new URL(url).origin === origin) return false
  if (!SAFE_METHODS.has(method)) return true
  return [...headers].some(([name, value]) => !isSafe(name.toLowerCase(), value))
}
