import type { ForeignFetch } from '../../protocol/commands'
import { isEndEvent } from '../../protocol/event-names'
import type { BodyOf, SessionEvent } from '../../protocol/events'
import { type Handle, unlistedHandle } from '../../protocol/handle'

/** A page hears of the end of a fetch this long before or after its worker at most, in milliseconds. */
const CLOCK_DIFFERENCE = 1000

/** A fetch that no page has listed, as it was over before one looked, and the origin that it belongs to. */
export interface Unlisted {
  readonly fetch: ForeignFetch
  readonly storageKey: string
}

/**
 * The fetch whose event in the worker is over, if no page has listed it. Where that can’t be determined it is given too:
 * who knows it by a page takes no notice of what is reported for this handle.
 */
export function unlistedFetch(
  events: readonly SessionEvent[],
  { worker, event }: Pick<BodyOf<'event-done'>, 'worker' | 'event'>,
): Unlisted | null {
  const workers = new Map<string, { readonly url: string; readonly scope: string }>()
  let end:
    | { readonly id: string; readonly scope: string; readonly url: string; readonly at: number }
    | undefined
  let urls: readonly string[] = []
  for (const { body, at } of events) {
    if (body.type === 'worker-seen') workers.set(body.worker, body)
    const isOwn = 'event' in body && 'worker' in body && body.worker === worker && body.event === event
    if (!isOwn) continue
    if (body.type === 'event-requests') urls = body.requests.map(({ url }) => url)
    const about = workers.get(worker)
    if (body.type === 'dispatched' && body.isTrusted && isEndEvent(body.name) && about) {
      end = { id: body.id, scope: about.scope, url: about.url, at }
    }
  }
  if (!end || !URL.canParse(end.url)) return null
  const { id, scope, at } = end
  const storageKey = new URL(end.url).origin
  const open = new Map<Handle, boolean>()
  /** Those whose end a page has reported. */
  const reported = new Set<Handle>()
  let ends = 0
  for (const { body, at: when, storageKey: key } of events) {
    if (body.type === 'fetch-seen' && body.id === id && body.scope === scope && key === storageKey) {
      open.set(body.handle, true)
    } else if ('handle' in body && open.has(body.handle) && body.type === 'settled') {
      const isItsEnd = Math.abs(when - at) <= CLOCK_DIFFERENCE
      open.set(body.handle, isItsEnd)
      if (isItsEnd) reported.add(body.handle)
    } else if (body.type === 'fetch-gone' && !reported.has(body.handle)) {
      // A page has seen it, and not its end: it does not have its storage compared.
      if (open.has(body.handle)) open.set(body.handle, false)
    } else if (body.type === 'inventory' && key === storageKey) {
      for (const handle of open.keys()) {
        if (!reported.has(handle) && !body.handles.includes(handle)) open.set(handle, false)
      }
    } else if (body.type === 'dispatched' && body.isTrusted && body.id === id && isEndEvent(body.name)) {
      if (workers.get(body.worker)?.scope === scope) ends++
    }
  }
  const isListed = [...open.values()].includes(true) && open.size >= ends
  return isListed
    ? null
    : { storageKey, fetch: { handle: unlistedHandle(worker, event), unlisted: true, id, scope, urls } }
}
