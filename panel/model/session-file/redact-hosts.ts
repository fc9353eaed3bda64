import { escapeRegExp } from '../reg-exp'
import { anyOf, type Change, longestFirst, numbered } from './replacement'
import { eachOf, type Steps } from './steps'

/** A scheme, slashes (which may be escaped), who is asking, and the host. */
const authority = () =>
  /([a-z][a-z0-9+.-]{0,30}(?::|%3a))?(\/\/|\\\/\\\/|%2f%2f)(?:[^\s/?#@"'<>`]*@)?(\[[0-9a-f:.]+\]|[^\s/?#:@"'<>`()\\,;%]+)/gi
/** Names in front of a known domain: they make another host. */
const LABELS = '(?:(?<![a-z0-9_-])(?:[a-z0-9_-]{1,63}\\.){1,10})?'

/** The host as URLs write it. */
function canonical(host: string): string {
  try {
    return new URL(`https://${host}/`).hostname
  } catch {
    return host.toLowerCase()
  }
}

/** A host, and the domains that it is in: `www.pod.example` and `pod.example`. */
function withDomains(host: string): string[] {
  const labels = host.split('.')
  if (host.startsWith('[') || labels.length < 3 || /^\d+$/.test(labels.at(-1) ?? '')) return [host]
  return labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'))
}

/** Finds known hosts that stand alone; one without a dot only as a word, or it would be found in words. */
function bareHosts(known: Iterable<string>): string[] {
  const all = longestFirst(known)
  const dotted = all.filter((host) => /[.:]/.test(host)).map(escapeRegExp)
  const words = all.filter((host) => !/[.:]/.test(host)).map(escapeRegExp)
  const patterns: string[] = []
  if (dotted.length > 0) patterns.push(`${LABELS}(?:${dotted.join('|')})`)
  if (words.length > 0) {
    patterns.push(`(?:(?<![a-z0-9_-])|(?<=%2f|%40))(?:${words.join('|')})(?![a-z0-9_-])`)
  }
  return patterns
}

/** Replaces hosts, the same by the same: in URLs, and where a host that is known stands alone. */
export function* hostChange(texts: readonly string[]): Steps<Change> {
  const numbers = numbered()
  const known = new Set<string>()
  const aliasOf = (host: string) => `host-${numbers.of(canonical(host))}.example`
  /** Two slashes alone make no URL: what follows must look like a host, or be one. */
  const isHost = (scheme: string | undefined, host: string) =>
    /[\p{L}\p{N}]/u.test(host) &&
    (scheme !== undefined || host.includes('.') || known.has(host.toLowerCase()))
  yield* eachOf(texts, (text) => {
    for (const [, scheme, , host = ''] of text.matchAll(authority())) {
      if (!isHost(scheme, host)) continue
      for (const one of [...withDomains(canonical(host)), host.toLowerCase()]) known.add(one)
    }
  })
  const bare = bareHosts(known)
  const pattern = anyOf([authority().source, ...bare])
  const alone = anyOf(bare)
  return (text) =>
    text.replace(pattern, (match, scheme?: string, slashes?: string, host?: string) => {
      if (slashes === undefined || host === undefined) return aliasOf(match)
      if (isHost(scheme, host)) return `${scheme ?? ''}${slashes}${aliasOf(host)}`
      return bare.length > 0 ? match.replace(alone, aliasOf) : match
    })
}
