import type { StoredEntry } from '../../../protocol/storage-events'

const MAX_CACHES = 50
/** Listing the keys of a cache takes about 10 µs each; larger ones are listed once and then only counted out. */
const MAX_ENTRIES = 2000
const MAX_URLS = 500

export interface CacheStock {
  readonly name: string
  readonly count: number | null
  /** URLs in it; null when there are too many to compare. */
  readonly urls: ReadonlySet<string> | null
}

/** What the caches are compared with. */
export interface Earlier {
  readonly caches: readonly CacheStock[]
  readonly cuts: readonly string[]
  /** The fetch ran already. */
  readonly running: boolean
}

/** Caches that turned out too large: they are not listed again. */
const large = new Set<string>()

/** Lists every cache of the origin, with its URLs where they are few. */
export async function readCaches(cuts: string[]): Promise<CacheStock[]> {
  const names = await caches.keys()
  for (const name of large) if (!names.includes(name)) large.delete(name)
  if (names.length > MAX_CACHES) cuts.push(`${names.length - MAX_CACHES} caches were not read`)
  const stocks: CacheStock[] = []
  for (const name of names.slice(0, MAX_CACHES)) {
    const cut = `cache ${name} has more than ${MAX_ENTRIES} entries: only the fetch’s own URLs are looked up`
    if (large.has(name)) {
      cuts.push(cut)
      stocks.push({ name, count: null, urls: null })
      continue
    }
    // To open a cache that the site has just deleted would make it anew.
    if (!(await caches.has(name))) continue
    const keys = await (await caches.open(name)).keys()
    const tooLarge = keys.length > MAX_ENTRIES
    if (tooLarge) {
      large.add(name)
      cuts.push(cut)
    }
    stocks.push({
      name,
      count: keys.length,
      urls: tooLarge ? null : new Set(keys.map((request) => request.url)),
    })
  }
  return stocks
}

/** What is stored under the URLs of a fetch. */
export async function readEntries(
  stocks: readonly CacheStock[],
  before: Earlier | null,
  urls: readonly string[],
  cuts: string[],
): Promise<StoredEntry[]> {
  if (urls.length > MAX_URLS) cuts.push(`${urls.length - MAX_URLS} URLs were not looked up in the caches`)
  const entries: StoredEntry[] = []
  for (const { name, urls: listed } of stocks) {
    const wanted = urls.slice(0, MAX_URLS).filter((url) => listed === null || listed.has(url))
    if (wanted.length === 0) continue
    const old = before?.caches.find((stock) => stock.name === name)
    const unread = before?.cuts.some((cut) => /^(Cache Storage can|\d+ caches were not read)/.test(cut))
    const wasThere = (url: string): boolean | null => {
      if (!before || (!old && unread)) return null
      const there = old ? (old.urls?.has(url) ?? null) : false
      // At first sight the fetch ran already: what was there may have been stored before, or by it.
      return there && before.running ? null : there
    }
    for (const url of wanted) {
      // Opens no cache, and so makes none.
      const response = await caches.match(url, { cacheName: name, ignoreVary: true })
      if (!response) continue
      const length = response.headers.get('content-length')
      entries.push({
        cache: name.slice(0, 1000),
        url: url.slice(0, 4000),
        status: response.status,
        responseType: response.type,
        size: length !== null && /^\d+$/.test(length) ? Number(length) : null,
        before: wasThere(url),
      })
    }
  }
  return entries
}
