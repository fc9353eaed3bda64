import type { Frame } from '../session/session-view'

/** A service worker registration of the page or of one of its frames, in which a fetch can be started. */
export interface PageRegistration {
  readonly storageKey: string
  readonly scope: string
  /** What URLs are relative to. */
  readonly base: string
  /** It is the page's own: the one whose scope the page is in. */
  readonly own: boolean
  /** It is of a frame of another origin, or of another part of the storage. */
  readonly framed: boolean
}

const isHttp = (url: string) => /^https?:/.test(url)

/** The registration that a document of this URL is in: https://w3c.github.io/ServiceWorker/#scope-match-algorithm */
export function scopeOf(url: string, scopes: readonly string[]): string | undefined {
  const matching = scopes.filter((scope) => url.startsWith(scope))
  return matching.toSorted((a, b) => b.length - a.length)[0]
}

/** The registrations of all frames: of the page first, and there the one whose scope the page is in. */
export function registrationsOf(frames: Iterable<Frame>): readonly PageRegistration[] {
  const usable = [...frames].filter(({ secure, supported }) => secure && supported)
  const top = usable.find((frame) => frame.top)
  const keys = new Set([...(top ? [top.storageKey] : []), ...usable.map(({ storageKey }) => storageKey)])
  return [...keys].flatMap((storageKey) => {
    const ofKey = usable.filter((frame) => frame.storageKey === storageKey)
    const frame = ofKey.find((one) => one.top) ?? ofKey[0]
    if (!frame) return []
    // What a page reports as a scope may be cut, or anything.
    const all = frame.scopes.filter((scope) => isHttp(scope) && URL.canParse(scope))
    const own = scopeOf(frame.url, all)
    const scopes = own === undefined ? all : [own, ...all.filter((scope) => scope !== own)]
    return scopes.map((scope) => ({
      storageKey,
      scope,
      base: isHttp(frame.url) ? frame.url : scope,
      own: frame.top && scope === own,
      framed: storageKey !== top?.storageKey,
    }))
  })
}
