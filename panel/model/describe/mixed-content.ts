/** Hosts of this machine, whose `http:` URLs count as secure. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Whether a request is mixed content: an `http:` URL in a secure page, which is one of this machine as well. Chromium sends no such
 * request of a background fetch, and fails the fetch at once, unless the site's settings allow insecure content. A redirect to such a
 * URL is followed. https://w3c.github.io/webappsec-mixed-content/
 *
 * @param scope of the fetch's worker, which is of the page's origin
 */
export function isMixedContent(url: string, scope: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(scope)) return false
  const { protocol, hostname } = new URL(url)
  const page = new URL(scope)
  const isSecure = page.protocol === 'https:' || LOOPBACK.test(page.hostname)
  return protocol === 'http:' && isSecure && !LOOPBACK.test(hostname)
}
