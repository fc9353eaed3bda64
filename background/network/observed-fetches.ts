import { isEndEvent } from '../../protocol/event-names'
import type { SessionEvent } from '../../protocol/events'
import { type Handle, isUnlistedHandle, unlistedHandle } from '../../protocol/handle'
import { nameOf } from '../../protocol/lifecycle'
import { originOf } from '../../protocol/origin'
import { keyOf, type NamedRequest, type ObservedFetch, observedFetch, setRequests } from './fetch-requests'

/** So many fetches are remembered. */
const MAX = 500
/** A page lists a fetch so much later than its worker has its end at most, in milliseconds. */
const LISTED_LATE = 1000

/** So long after its end the requests of a fetch can be read, in milliseconds, or longer: until its worker's event is over. */
const READABLE = 1000

/** The fetches of a tab, as far as its events report them. */
export interface ObservedFetches {
  all(): Iterable<ObservedFetch>
  /** Those of which it is not known which requests they have, and whose page can still say so. */
  unread(now: number): readonly ObservedFetch[]
  /** Takes in an event as it is recorded; returns whether something changed. */
  apply(event: SessionEvent): boolean
  /** A request of it was attributed before. */
  restoreRequest(handle: Handle, request: NamedRequest): void
}

/** Follows which fetches there are, when they ran, and which requests they have. */
export function createObservedFetches(): ObservedFetches {
  const fetches = new Map<Handle, ObservedFetch>()
  const latest = new Map<string, ObservedFetch>()
  const workers = new Map<string, { readonly scope: string; readonly origin: string }>()

  const add = (fetch: ObservedFetch) => {
    fetches.set(fetch.handle, fetch)
    latest.set(fetch.name, fetch)
    const [oldest] = fetches.keys()
    if (fetches.size > MAX && oldest !== undefined) fetches.delete(oldest)
  }

  const seen = (event: SessionEvent, handle: Handle, scope: string, id: string, already: boolean) => {
    const { at, storageKey } = event
    const name = nameOf(storageKey, scope, id)
    const before = latest.get(name)
    if (before?.until === null && already) {
      // Another page follows it.
      fetches.delete(before.handle)
      return add({ ...before, handle })
    }
    if (before && before.until === null) before.until = at
    // What was known by its worker only is listed after all.
    const isLate = before?.until != null && isUnlistedHandle(before.handle) && at - before.until < LISTED_LATE
    if (isLate) fetches.delete(before.handle)
    const after = isLate ? null : (before?.until ?? null)
    add(observedFetch({ handle, storageKey: storageKey ?? '', name, seenAt: at, already, after }))
  }

  const dispatched = (at: number, worker: string, event: number, id: string) => {
    const of = workers.get(worker)
    if (!of) return
    const name = nameOf(of.origin, of.scope, id)
    const before = latest.get(name)
    // A page reports the end of a fetch that it has listed.
    if (before && (before.until === null || at - before.until < LISTED_LATE)) return
    const handle = unlistedHandle(worker, event)
    const after = before?.until ?? null
    const about = { handle, storageKey: of.origin, name, seenAt: at, already: false, after }
    add({ ...observedFetch(about), until: at })
  }

  return {
    all: () => fetches.values(),
    unread: (now) =>
      [...fetches.values()].filter(
        ({ requests, until, handle }) =>
          requests === null && (until === null || now - until < READABLE) && !isUnlistedHandle(handle),
      ),
    apply(event) {
      const { body, at } = event
      switch (body.type) {
        case 'fetch-seen':
          seen(event, body.handle, body.scope, body.id, body.already)
          return true
        case 'settled':
        case 'fetch-gone': {
          const fetch = fetches.get(body.handle)
          if (fetch) fetch.until ??= at
          return true
        }
        case 'inventory':
          // One that is not listed any more has ended, and its end was not observed.
          for (const fetch of fetches.values()) {
            if (fetch.storageKey === event.storageKey && !body.handles.includes(fetch.handle))
              fetch.until ??= at
          }
          return true
        case 'request-outcomes': {
          const fetch = fetches.get(body.handle)
          if (fetch && body.records.length > 0) setRequests(fetch, body.records, body.total)
          return true
        }
        case 'worker-seen':
          workers.set(body.worker, { scope: body.scope, origin: originOf(body.url) })
          return false
        case 'dispatched':
          if (body.isTrusted && isEndEvent(body.name)) dispatched(at, body.worker, body.event, body.id)
          return true
        case 'event-requests': {
          const fetch = fetches.get(unlistedHandle(body.worker, body.event))
          if (fetch) setRequests(fetch, body.requests, body.total)
          return true
        }
        default:
          return false
      }
    },
    restoreRequest(handle, request) {
      const observed = fetches.get(handle)?.observed
      const key = keyOf(request)
      observed?.set(key, (observed.get(key) ?? 0) + 1)
    },
  }
}
