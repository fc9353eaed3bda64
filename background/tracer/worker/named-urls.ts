/** How many URLs are taken from a script, and the longest of them, in characters. */
const MAX_URLS = 300
const MAX_URL = 500
/** How many characters are read in one go, and how many before them once more: a list's entry may stand across. */
const TURN = 50_000
const OVERLAP = 1000

/** An entry of a list of files to be stored, as Workbox has it, in either order. */
const ENTRIES = [
  /\burl["']?\s{0,9}:\s{0,9}["'`]([^"'`\\\n]{1,500})["'`]\s{0,9},\s{0,9}["']?revision["']?\s{0,9}:\s{0,9}["'`]([^"'`\\\n]{1,100})["'`]/g,
  /\brevision["']?\s{0,9}:\s{0,9}["'`]([^"'`\\\n]{1,100})["'`]\s{0,9},\s{0,9}["']?url["']?\s{0,9}:\s{0,9}["'`]([^"'`\\\n]{1,500})["'`]/g,
]
/** A string that may be a path: it begins with a slash or has an extension, and nothing that no path has. */
const PATH =
  /["'`]((?:\.{0,2}\/[\w\-.~%@+/]{0,400}|[\w\-.~%@+/]{1,400}\.[a-z]\w{1,9})(?:\?[\w\-.~%@+/=&]{0,99})?)["'`]/g

/** The URL of a path in a script; null where it is of another origin, or none. */
function resolved(path: string, base: URL): URL | null {
  if (!URL.canParse(path, base)) return null
  const url = new URL(path, base)
  return url.origin === base.origin && url.href.length <= MAX_URL ? url : null
}

/** The URLs that a part of a script names. */
function* urlsIn(part: string, base: URL): Generator<string, void> {
  for (const [order, pattern] of ENTRIES.entries()) {
    for (const [, first = '', second = ''] of part.matchAll(pattern)) {
      const [path, revision] = order === 0 ? [first, second] : [second, first]
      const url = resolved(path, base)
      url?.searchParams.set('__WB_REVISION__', revision)
      if (url) yield url.href
    }
  }
  for (const [, path = ''] of part.matchAll(PATH)) {
    const url = resolved(path, base)
    if (url) yield url.href
  }
}

/**
 * Reads the URLs of its origin that the text of a worker's script names: a site's caches may hold something under each. An entry
 * of a precache list that has a revision is stored under a URL with it, as Workbox does.
 * https://developer.chrome.com/docs/workbox/modules/workbox-precaching
 *
 * It is a text: what is named may be stored nowhere. Yields between two turns, as a script may be long.
 *
 * @param workerUrl relative URLs are relative to it, also those of a script that it imports
 */
export function* namedUrls(source: string, workerUrl: string): Generator<void, string[]> {
  if (!URL.canParse(workerUrl)) return []
  const base = new URL(workerUrl)
  const found = new Set<string>()
  for (let from = 0; from < source.length; from += TURN) {
    for (const url of urlsIn(source.slice(Math.max(0, from - OVERLAP), from + TURN), base)) {
      found.add(url)
      if (found.size >= MAX_URLS) return [...found]
    }
    yield
  }
  return [...found]
}
