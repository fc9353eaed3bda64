/** Methods that CORS lets through unasked: https://fetch.spec.whatwg.org/#cors-safelisted-method */
const METHODS = new Set(['GET', 'HEAD', 'POST'])
/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
const HEADERS = new Set(['accept', 'accept-language', 'content-language'])
const CONTENT_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])
const MAX_VALUE = 128

function isSafe(name: string, value: string): boolean {
  if (value.length > MAX_VALUE) return false
  if (HEADERS.has(name)) return true
  if (name === 'range') return /^bytes=\d+-\d*$/.test(value)
  return name === 'content-type' && CONTENT_TYPES.has((value.split(';')[0] ?? '').trim().toLowerCase())
}

/**
 * Whether CORS asks the server before such a request, which Background Fetch does not do; null where the request
 * can't be read.
 */
export function needsPreflight(request: Request, origin: string): boolean | null {
  try {
    if (new URL(request.url).origin === origin) return false
    if (!METHODS.has(request.method)) return true
    return [...request.headers].some(([name, value]) => !isSafe(name, value))
  } catch {
    return null
  }
}
