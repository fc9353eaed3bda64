import type { Handle } from '../../protocol/handle'
import { MAX_SEEN_REQUESTS, type SeenRequest } from '../../protocol/seen-requests'

/** The requests of so many fetches are remembered, those that were seen last. */
const MAX_FETCHES = 20
/** The requests of a fetch that have more characters than this are not remembered. */
const MAX_LENGTH = 1_000_000

/** What the fetches of this page asked for. Their headers may hold secrets, and stay in the page until they are asked for. */
export interface SeenRequests {
  /** All requests of a fetch. One that can't be read as it was given leaves the fetch unknown. */
  note(handle: Handle, requests: readonly Request[]): void
  of(handle: Handle): readonly SeenRequest[] | undefined
}

const lengthOf = ({ url, headers }: SeenRequest) => url.length + headers.flat().join('').length

/** Remembers requests, as many as there is room for: of 20 fetches, and of each up to a million characters. */
export function createSeenRequests(): SeenRequests {
  const seen = new Map<Handle, readonly SeenRequest[]>()
  return {
    note(handle, requests) {
      if (seen.has(handle) || requests.length > MAX_SEEN_REQUESTS) return
      const read = requests.map(({ method, url, headers }) => ({ method, url, headers: [...headers] }))
      if (read.reduce((sum, request) => sum + lengthOf(request), 0) > MAX_LENGTH) return
      seen.set(handle, read)
      const [oldest] = seen.keys()
      if (seen.size > MAX_FETCHES && oldest !== undefined) seen.delete(oldest)
    },
    of: (handle) => seen.get(handle),
  }
}
