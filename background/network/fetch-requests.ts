import type { Handle } from '../../protocol/handle'

/** How far the clocks of page and browser may be apart, in milliseconds. */
const CLOCKS = 50
/** A fetch is seen so much later than it began at most, in milliseconds: timers of a page in the background are slow. */
const SEEN_LATE = 5000

/** A request as it names itself: the fragment of its URL is not sent. */
export interface NamedRequest {
  readonly method: string
  readonly url: string
}

/** The key of a request: its method and its URL without the fragment. */
export const keyOf = ({ method, url }: NamedRequest): string => `${method} ${url.replace(/#.*$/s, '')}`

/** A fetch whose requests may be observed. */
export interface ObservedFetch {
  readonly handle: Handle
  /** Of the page that it belongs to. */
  readonly storageKey: string
  /** Fetches of one name do not run at the same time. */
  readonly name: string
  /** Since when its requests may have been sent, and until when; in epoch milliseconds. */
  readonly since: number
  until: number | null
  /** How many requests it has under each key; null where that is not known. */
  requests: ReadonlyMap<string, number> | null
  /** No other request than these. */
  complete: boolean
  /** How many of them were observed. */
  readonly observed: Map<string, number>
}

/** What is known of a fetch when it is seen, or when its end is known. */
interface Begun {
  readonly handle: Handle
  readonly storageKey: string
  readonly name: string
  /** When it was seen first, in epoch milliseconds. */
  readonly seenAt: number
  /** It ran before. */
  readonly already: boolean
  /** When the fetch of its name before it ended. */
  readonly after: number | null
}

/** A fetch of which no request was observed yet. */
export const observedFetch = ({
  handle,
  storageKey,
  name,
  seenAt,
  already,
  after,
}: Begun): ObservedFetch => ({
  handle,
  storageKey,
  name,
  since: Math.max(
    already ? Number.NEGATIVE_INFINITY : seenAt - SEEN_LATE,
    after === null ? Number.NEGATIVE_INFINITY : after - CLOCKS,
  ),
  until: null,
  requests: null,
  complete: false,
  observed: new Map(),
})

/** Notes which requests a fetch has, of so many in all. */
export function setRequests(fetch: ObservedFetch, requests: readonly NamedRequest[], total: number): void {
  if (fetch.complete) return
  const counts = new Map<string, number>()
  for (const one of requests) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  fetch.requests = counts
  fetch.complete = requests.length === total
}

/** Whether a request that was sent at this moment may be of the fetch, by its time alone. */
export const ranAt = ({ since, until }: ObservedFetch, at: number): boolean =>
  since <= at && (until === null || at <= until + CLOCKS)

/** It has such a request that was not observed yet. */
export const awaits = ({ requests, observed }: ObservedFetch, key: string): boolean =>
  (requests?.get(key) ?? 0) > (observed.get(key) ?? 0)
