import type { ForeignFetch } from '../../protocol/commands'
import { isEndEvent } from '../../protocol/event-names'
import type { SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import { originOf } from '../../protocol/origin'

/** How far the clocks of page and worker may be apart, in milliseconds. */
const CLOCKS = 50

/**
 * A fetch that has settled, as its page or the traced worker has reported, and whose document went before its storage was compared for
 * the last time.
 */
export interface Unfollowed extends ForeignFetch {
  /** Its event has ended, as its page or the traced worker has reported. */
  readonly ended: boolean
}

interface Known {
  readonly id: string
  readonly scope: string
  urls: readonly string[]
  settled: boolean
  /** When its worker got the event for its end, in epoch milliseconds; null where it is not known to have. */
  handledAt: number | null
  ended: boolean
  compared: boolean
}

/**
 * The fetches of one origin that nobody follows any more, although the last comparison of their storage is missing.
 *
 * @param isFollowed whether the bridge that gave the handle is still there
 */
export function unfollowed(
  events: readonly SessionEvent[],
  storageKey: string,
  isFollowed: (handle: Handle) => boolean,
): Unfollowed[] {
  const fetches = new Map<Handle, Known>()
  /** Scopes of the workers of this origin. */
  const scopes = new Map<string, string>()
  /** The ID and the scope of the fetch that a run of a worker handles the end of. */
  const handled = new Map<string, { readonly id: string; readonly scope: string | undefined }>()
  const named = ({ worker, event }: { readonly worker: string; readonly event: number }): Known[] => {
    const about = handled.get(`${worker} ${event}`)
    return [...fetches.values()].filter(({ id, scope }) => id === about?.id && scope === about.scope)
  }
  for (const { body, at, storageKey: key } of events) {
    if (body.type === 'worker-seen') {
      if (originOf(body.url) === storageKey) scopes.set(body.worker, body.scope)
    } else if (body.type === 'dispatched' && body.isTrusted && isEndEvent(body.name)) {
      handled.set(`${body.worker} ${body.event}`, { id: body.id, scope: scopes.get(body.worker) })
      for (const fetch of named(body)) fetch.handledAt = at
    } else if (body.type === 'event-requests') {
      for (const fetch of named(body))
        if (fetch.handledAt !== null) fetch.urls = body.requests.map(({ url }) => url)
    } else if (body.type === 'event-done') {
      for (const fetch of named(body)) if (fetch.settled || fetch.handledAt !== null) fetch.ended = true
    } else if (body.type === 'fetch-seen' && key === storageKey) {
      const { id, scope, handle } = body
      // The id is in use again: what is stored under it is not what the one before has left.
      for (const [old, known] of fetches) if (known.id === id && known.scope === scope) fetches.delete(old)
      const begun = { settled: false, handledAt: null, ended: false, compared: false }
      fetches.set(handle, { id, scope, urls: [], ...begun })
    } else if ('handle' in body) {
      const fetch = fetches.get(body.handle)
      if (!fetch) continue
      if (body.type === 'settled') fetch.settled = true
      if (body.type === 'progress' && fetch.handledAt !== null && at > fetch.handledAt + CLOCKS) {
        // The event was that of the fetch before it.
        fetch.handledAt = null
        fetch.ended = false
      }
      if (body.type === 'event-over') fetch.ended = true
      if (body.type === 'request-outcomes') fetch.urls = body.records.map(({ url }) => url)
      if (body.type === 'storage-snapshot' && body.when === 'final') fetch.compared = true
    }
  }
  return [...fetches].flatMap(([handle, { id, scope, urls, settled, handledAt, ended, compared }]) =>
    (settled || handledAt !== null) && !compared && !isFollowed(handle)
      ? [{ handle, unlisted: false, id, scope, urls, ended }]
      : [],
  )
}
