import { urlsInDocument } from './reading/document-urls'

/** So many URLs of earlier fetches are remembered. */
const MAX_FETCHED = 100

/** URLs under which the caches of the origin may hold something. */
export interface EntryUrls {
  all(): readonly string[]
  /** URLs of a fetch that has ended: its responses may be in the caches when the next one begins. */
  fetched(urls: Iterable<string>): void
  /** URLs beside those that the page names. Returns whether they are others than before. */
  setNamed(urls: readonly string[]): boolean
}

/** Gathers the URLs under which the caches may hold something: those that the page has loaded, has fetched, or names. */
export function createEntryUrls(): EntryUrls {
  const fetched = new Set<string>()
  let named: readonly string[] = []
  const loaded = () => performance.getEntriesByType('resource').map(({ name }) => name)
  return {
    all: () =>
      [...fetched, location.href, ...named, ...loaded(), ...urlsInDocument()].filter((url) =>
        /^https?:/.test(url),
      ),
    fetched(urls) {
      for (const url of urls) if (fetched.size < MAX_FETCHED) fetched.add(url)
    },
    setNamed(urls) {
      if (urls.length === named.length && urls.every((url, i) => url === named[i])) return false
      named = urls
      return true
    },
  }
}
