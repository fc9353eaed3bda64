/** How many URLs are taken from a script, and the longest of them, in characters. */
const MAX_URLS = 300
const MAX_URL = 500
/** How many strings are read in one go. */
const TURN = 200

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

/**
 * Reads the URLs of its origin that the text of a worker's script names: a site's caches may hold something under each. An entry
 * of a precache list that has a revision is stored under a URL with it, as Workbox does.
 * https://developer.chrome.com/docs/workbox/modules/workbox-precaching
 *
 * It is a text: what is named may be stored nowhere. Yields between two turns, as a script may be long.
 *
 * @param scriptUrl relative URLs are relative to it
 */
export function* namedUrls(source: string, scriptUrl: string): Generator<void, string[]> {
  if (!URL.canParse(scriptUrl)) return []
  const base = new URL(scriptUrl)
  const found = new Set<string>()
  let count = 0
  for (const [order, pattern] of ENTRIES.entries()) {
    for (const [, first = '', second = ''] of source.matchAll(pattern)) {
      if (++count % TURN === 0) yield
      if (found.size >= MAX_URLS) break
      const [path, revision] = order === 0 ? [first, second] : [second, first]
      const url = resolved(path, base)
      url?.searchParams.set('__WB_REVISION__', revision)
      if (url) found.add(url.href)
    }
  }
  for (const [, path = ''] of source.matchAll(PATH)) {
    if (++count % TURN === 0) yield
    if (found.size >= MAX_URLS) break
    const url = resolved(path, base)
    if (url) found.add(url.href)
  }
  return [...found]
}
