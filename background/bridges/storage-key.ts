import { getDomain } from 'tldts'
import { partitionedKey } from '../../protocol/storage-key'

/** Scheme and registrable domain: what the HTML standard calls a schemeful site. */
function site(origin: string): string {
  const url = new URL(origin)
  const domain = getDomain(url.hostname, { allowPrivateDomains: true })
  return `${url.protocol}//${domain ?? url.hostname}`
}

const siteOrOpaque = (origin: string): string => {
  try {
    return site(origin)
  } catch {
    return 'opaque'
  }
}

/**
 * The storage key of a frame, written as its origin and, when the browser partitions it because an ancestor
 * is of another site, ` in ` and the top-level site. https://storage.spec.whatwg.org/#storage-keys
 *
 * @param origin `location.origin` of the frame
 * @param ancestorOrigins its `location.ancestorOrigins`, innermost first
 */
export function storageKeyOf(origin: string, ancestorOrigins: readonly string[]): string {
  const top = ancestorOrigins.at(-1)
  if (top === undefined) return origin
  const own = siteOrOpaque(origin)
  const partitioned = ancestorOrigins.some((ancestor) => siteOrOpaque(ancestor) !== own)
  return partitioned ? partitionedKey(origin, siteOrOpaque(top)) : origin
}
