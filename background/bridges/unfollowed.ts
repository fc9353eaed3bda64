import type { ForeignFetch } from '../../protocol/commands'
import { isEndEvent } from '../../protocol/event-names'
import type { SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import { originOf } from '../../protocol/origin'

/** A fetch that has settled, and whose document went before its storage was compared for the last time. */
export interface Unfollowed extends ForeignFetch {
  /** Its event has ended, as its page or the traced worker has reported. */
  readonly ended: boolean
}

interface Known {
  readonly id: string
  readonly scope: string
  urls: readonly string[]
  settled: boolean
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
  for (const { body, storageKey: key } of events) {
    if (body.type === 'worker-seen') {
      if (originOf(body.url) === storageKey) scopes.set(body.worker, body.scope)
    } else if (body.type === 'dispatched' && body.isTrusted && isEndEvent(body.name)) {
      handled.set(`${body.worker} ${body.event}`, { id: body.id, scope: scopes.get(body.worker) })
    } else if (body.type === 'event-done') {
      const about = handled.get(`${body.worker} ${body.event}`)
      for (const fetch of fetches.values())
        if (fetch.settled && fetch.id === about?.id && fetch.scope === about.scope) fetch.ended = true
    } else if (body.type === 'fetch-seen' && key === storageKey) {
      const { id, scope, handle } = body
      // The id is in use again: what is stored under it is not what the one before has left.
      for (const [old, known] of fetches) if (known.id === id && known.scope === scope) fetches.delete(old)
      fetches.set(handle, { id, scope, urls: [], settled: false, ended: false, compared: false })
    } else if ('handle' in body) {
      const fetch = fetches.get(body.handle)
      if (!fetch) continue
      if (body.type === 'settled') fetch.settled = true
      if (body.type === 'event-over') fetch.ended = true
      if (body.type === 'request-outcomes') fetch.urls = body.records.map(({ url }) => url)
      if (body.type === 'storage-snapshot' && body.when === 'final') fetch.compared = true
    }
  }
  return [...fetches].flatMap(([handle, { id, scope, urls, settled, ended, compared }]) =>
    settled && !compared && !isFollowed(handle) ? [{ handle, unlisted: false, id, scope, urls, ended }] : [],
  )
}
