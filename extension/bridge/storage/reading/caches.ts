import { entryBytes } from '../accounting'
import type { Draft } from '../stored'
import type { Budget } from './budget'
import { addBytes, NO_BYTES } from './digest'

/** Caches that are listed, and those in which URLs are looked up. */
const MAX_LISTED = 1000
const MAX_SEARCHED = 100
/** URLs that are looked up. */
const MAX_URLS = 500
/** Bodies up to this many bytes are counted; one is read in chunks that are thrown away. */
const MAX_BODY = 32 * 2 ** 20

/**
 * Lists the names of the caches. Their entries are not listed here: that takes `caches.open()`, which creates a cache that
 * was deleted a moment ago; and a `Cache` object keeps the bytes of a deleted cache until it is garbage-collected.
 */
export async function readCacheNames(draft: Draft): Promise<void> {
  const names = await caches.keys()
  for (const name of names.slice(0, MAX_LISTED)) draft.add('cache', '', name, { kind: 'cache', name }, '')
  if (names.length > MAX_LISTED) {
    const unread = names.length - MAX_LISTED
    draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'caches', container: '', unread })
  }
}

/** A response that was found in a cache. */
export interface FoundEntry {
  readonly cache: string
  readonly url: string
  readonly status: number
  readonly responseType: string
  readonly size: number | null
  /** Of the bytes of its body; null where they were not all read. */
  readonly digest: number | null
  readonly contentLength: number | null
  /** Bytes that it takes in its cache; null where its size is not known. */
  readonly bytes: number | null
  /** Another response gives another mark. */
  readonly mark: string
}

/** Content-Length in bytes; null where it is missing, no number, or of an encoded body. */
export function contentLength(headers: Headers): number | null {
  const length = headers.get('content-length')
  return length !== null && /^\d{1,15}$/.test(length) && !isEncoded(headers) ? Number(length) : null
}

export const isEncoded = (headers: Headers): boolean =>
  !['', 'identity'].includes((headers.get('content-encoding') ?? '').trim().toLowerCase())

/** How many bytes a body has, and their digest. */
export interface ReadBody {
  readonly size: number
  readonly digest: number
}

/**
 * Counts the bytes of a body, chunk by chunk, and makes their digest. A Blob would tell its size at once, and would keep the bytes of its cache
 * from being freed until it is garbage.
 *
 * @returns null where there are more than `limit`, they can't be read, or time is over
 */
export async function readBody(response: Response, limit: number, budget: Budget): Promise<ReadBody | null> {
  if (response.type === 'opaque' || response.type === 'opaqueredirect' || response.bodyUsed) return null
  if (!response.body) return { size: 0, digest: NO_BYTES }
  const reader = response.body.getReader()
  let size = 0
  let digest = NO_BYTES
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { size, digest }
      size += value.byteLength
      digest = addBytes(digest, value)
      if (size > limit || budget.over) return null
      await budget.turn()
    }
  } catch {
    return null
  } finally {
    void reader.cancel().catch(() => {})
  }
}

/** A body that nobody reads keeps the bytes of its cache from being freed until it is garbage. */
export const release = (response: Response): void => void response.body?.cancel().catch(() => {})

async function describe(response: Response, cache: string, url: string, budget: Budget): Promise<FoundEntry> {
  const { status, statusText, type, headers } = response
  const body = await readBody(response, MAX_BODY, budget)
  const { size = null, digest = null } = body ?? {}
  const mark = JSON.stringify([status, statusText, type, response.url, size, digest, ...headers])
  const bytes = size === null ? null : entryBytes(url, response, size)
  const length = contentLength(headers)
  return { cache, url, status, responseType: type, size, digest, contentLength: length, bytes, mark }
}

/** What was found under some URLs, and what was not looked up. */
export interface LookUp {
  readonly entries: readonly FoundEntry[]
  readonly unreadUrls: number
  readonly unreadCaches: number
  /** Time ran out after this many URLs; null when it did not. */
  readonly stoppedAfter: number | null
}

/** All URLs were looked up in all caches. */
export const isComplete = ({ unreadUrls, unreadCaches, stoppedAfter }: LookUp): boolean =>
  unreadUrls === 0 && unreadCaches === 0 && stoppedAfter === null

/** Looks URLs up in caches, without opening one. Rejects when the browser refuses. */
export async function lookUp(
  names: readonly string[],
  wanted: readonly string[],
  budget: Budget,
): Promise<LookUp> {
  const entries: FoundEntry[] = []
  // A cache disregards fragments: with and without one, the same entry would be found twice.
  const urls = [...new Set(wanted.map((url) => url.replace(/#.*$/s, '')))]
  const searched = names.slice(0, MAX_SEARCHED)
  const found = { entries, unreadUrls: Math.max(0, urls.length - MAX_URLS), stoppedAfter: null }
  const match = (url: string, options?: MultiCacheQueryOptions) =>
    caches.match(url, { ...options, ignoreVary: true })
  let unreadCaches = 0
  for (const [read, url] of urls.slice(0, MAX_URLS).entries()) {
    await budget.turn()
    if (budget.over) return { ...found, unreadCaches, stoppedAfter: read }
    const anywhere = await match(url)
    if (!anywhere) continue
    release(anywhere)
    if (names.length > MAX_SEARCHED) unreadCaches = names.length - MAX_SEARCHED
    for (const name of searched) {
      if (budget.over) return { ...found, unreadCaches, stoppedAfter: read }
      const response = await match(url, { cacheName: name })
      if (response) entries.push(await describe(response, name, url, budget))
    }
  }
  return { ...found, unreadCaches }
}
