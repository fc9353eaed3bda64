import type { FetchAttributes } from './attributes'
import type { BodyOf, SessionEvent } from './events'
import type { Handle } from './handle'
import { continues } from './same-fetch'

/** A fetch of a stream, with the events that are about it, in order. */
export interface FetchGroup {
  readonly handles: ReadonlySet<Handle>
  /** Of progress only the last, and what was the last when an object of that id was seen. */
  readonly events: ReadonlySet<SessionEvent>
  /** Nothing more will come of it. */
  readonly over: boolean
  /** The fetch that its id was used for next, which is how its end is known. */
  readonly successor: FetchGroup | null
}

interface Group extends FetchGroup {
  readonly handles: Set<Handle>
  readonly events: Set<SessionEvent>
  readonly storageKey: string | null
  /** The document that follows it. */
  document: string | null
  handle: Handle
  attributes: FetchAttributes
  /** `live` until its end is known, `settled` until the worker's event is over as well. */
  phase: 'live' | 'settled' | 'over'
  /** Its end was reported, and the end of its event. */
  settled: boolean
  done: boolean
  progress: SessionEvent | null
  successor: Group | null
}

/**
 * Reports the fetches of a stream apart, by the rules by which the panel does: an object that a bridge follows
 * may stand for a fetch that another bridge followed before it, and an id may be used again.
 */
export function fetchGroups(events: readonly SessionEvent[]): readonly FetchGroup[] {
  let all: Group[] = []
  const byHandle = new Map<Handle, Group>()
  const latest = new Map<string, Group>()
  /** Those that are not over: a long stream has many that are. */
  const open = new Set<Group>()

  const end = (group: Group) => {
    group.phase = 'over'
    open.delete(group)
  }

  const see = (event: SessionEvent, body: BodyOf<'fetch-seen'>) => {
    const name = JSON.stringify([event.storageKey, body.scope, body.id])
    const known = latest.get(name)
    // How far it had come decides whether this is the same one: that stays.
    if (known) known.progress = null
    const { attributes, handle } = body
    if (known?.phase === 'live' && continues(known.attributes, body)) {
      known.handle = handle
      known.document = event.document
      known.handles.add(handle)
      known.attributes = attributes
      known.events.add(event)
      byHandle.set(handle, known)
      return
    }
    const group: Group = {
      handles: new Set([handle]),
      events: new Set([event]),
      storageKey: event.storageKey,
      document: event.document,
      handle,
      attributes,
      phase: 'live',
      settled: false,
      done: false,
      progress: null,
      successor: null,
      get over() {
        return this.phase === 'over'
      },
    }
    if (known?.phase === 'live') {
      end(known)
      known.successor = group
    }
    all.push(group)
    open.add(group)
    latest.set(name, group)
    byHandle.set(handle, group)
  }

  /** Nobody sees the fetch any more; it may be running. */
  const lose = (group: Group, event: SessionEvent) => {
    group.events.add(event)
    if (group.phase === 'settled') end(group)
  }

  for (const event of events) {
    const { body, storageKey, document } = event
    if (body.type === 'fetch-seen') {
      see(event, body)
      continue
    }
    if (body.type === 'inventory') {
      for (const group of open) {
        if (group.storageKey !== storageKey || group.phase !== 'live') continue
        if (body.handles.includes(group.handle)) continue
        end(group)
        group.events.add(event)
      }
    }
    if (body.type === 'watch-stopped' || (body.type === 'keep-ended' && !body.watched)) {
      for (const group of open) lose(group, event)
    }
    if (body.type === 'frame-gone') {
      // Only the document that saw a fetch end could see its event end.
      const concerned = (group: Group) =>
        body.unwatched
          ? group.storageKey === storageKey
          : group.phase === 'settled' && group.document === document
      for (const group of open) if (concerned(group)) lose(group, event)
    }
    if (body.type === 'cleared') {
      // What still comes of a fetch that is over is not reported any more.
      for (const { over, handles } of all) if (over) for (const handle of handles) byHandle.delete(handle)
      all = all.filter(({ over }) => !over)
    }
    if (!('handle' in body)) continue
    const group = byHandle.get(body.handle)
    if (!group) continue
    group.events.add(event)
    switch (body.type) {
      case 'progress':
        if (group.progress) group.events.delete(group.progress)
        group.progress = event
        group.attributes = body.attributes
        break
      case 'settled':
        if (group.settled) break
        group.settled = true
        group.phase = 'settled'
        open.add(group)
        group.attributes = body.attributes
        break
      case 'event-over':
        if (group.done) break
        group.done = true
        end(group)
        break
      case 'fetch-gone':
        if (group.phase === 'live') end(group)
        break
    }
  }
  return all
}
