/** How many URLs are remembered that the scripts of an origin's workers name. */
const MAX_NAMED = 300

/** URLs that the scripts of workers name, by the origin of the workers: the caches of the origin may hold them. */
export interface NamedUrls {
  add(origin: string, urls: readonly string[]): void
  of(origin: string): readonly string[]
  forget(): void
}

/** @param changed is called when there are more of some origin */
export function createNamedUrls(changed: () => void): NamedUrls {
  const named = new Map<string, Set<string>>()
  return {
    add(origin, urls) {
      const known = named.get(origin) ?? new Set()
      const before = known.size
      for (const url of urls) if (known.size < MAX_NAMED) known.add(url)
      named.set(origin, known)
      if (known.size > before) changed()
    },
    of: (origin) => [...(named.get(origin) ?? [])],
    forget: () => named.clear(),
  }
}
