import type { FetchAttributes } from '../attributes'
import type { BodyOf, SessionEvent } from '../events'
import type { Handle } from '../handle'
import {
  continues,
  type Followed,
  nameOf,
  type Phase,
  phaseAfter,
  type Step,
  stepOfOthers,
} from '../lifecycle'

/** A fetch of a stream, with the events that are about it, in order. */
export interface FetchGroup {
  readonly handles: ReadonlySet<Handle>
  /** Of progress only the last, and what was the last when an object of that id was seen. */
  readonly events: ReadonlySet<SessionEvent>
  /** No page reports more of it at `over`. */
  readonly phase: Phase
  /** The fetch that its id was used for next, which is how its end is known. */
  readonly successor: FetchGroup | null
}

interface Group extends FetchGroup, Followed {
  readonly handles: Set<Handle>
  readonly events: Set<SessionEvent>
  document: string | null
  handle: Handle
  attributes: FetchAttributes
  phase: Phase
  /** What is reported of a fetch once: pages that follow it report the same. */
  readonly reported: Set<Step>
  progress: SessionEvent | null
  successor: Group | null
}

/**
 * Distinguishes the fetches of a stream, by the rules by which the panel does (`lifecycle.ts`): an object that a
 * bridge follows may stand for a fetch that another bridge followed before it, and an id may be used again.
 */
export function fetchGroups(events: readonly SessionEvent[]): readonly FetchGroup[] {
  let all: Group[] = []
  const byHandle = new Map<Handle, Group>()
  const latest = new Map<string, Group>()
  /** Those that are not over: a long stream has many that are. */
  const open = new Set<Group>()

  const take = (group: Group, step: Step) => {
    group.phase = phaseAfter(group.phase, step)
    if (group.phase === 'over') open.delete(group)
    else open.add(group)
  }

  const see = (event: SessionEvent, body: BodyOf<'fetch-seen'>) => {
    const { storageKey, document } = event
    const name = nameOf(storageKey, body.scope, body.id)
    const known = latest.get(name)
    // How far it had come decides whether this is the same one: that stays.
    if (known) known.progress = null
    const { attributes, handle } = body
    if (known?.phase === 'live' && continues(known.attributes, body)) {
      known.handle = handle
      known.document = document
      known.handles.add(handle)
      known.attributes = attributes
      known.events.add(event)
      byHandle.set(handle, known)
      return
    }
    const group: Group = {
      handles: new Set([handle]),
      events: new Set([event]),
      storageKey,
      document,
      handle,
      attributes,
      phase: 'live',
      reported: new Set(),
      progress: null,
      successor: null,
    }
    if (known?.phase === 'live') {
      take(known, 'superseded')
      known.successor = group
    }
    all.push(group)
    open.add(group)
    latest.set(name, group)
    byHandle.set(handle, group)
  }

  for (const event of events) {
    const { body } = event
    if (body.type === 'fetch-seen') {
      see(event, body)
      continue
    }
    const others = stepOfOthers(event)
    if (others) {
      for (const group of open) {
        if (!others.concerns(group)) continue
        group.events.add(event)
        take(group, others.step)
      }
    }
    if (body.type === 'cleared') {
      // What still comes of a fetch that is over is not reported any more.
      for (const { phase, handles } of all) {
        if (phase === 'over') for (const handle of handles) byHandle.delete(handle)
      }
      all = all.filter(({ phase }) => phase !== 'over')
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
      case 'event-over':
        if (group.reported.has(body.type)) break
        group.reported.add(body.type)
        if (body.type === 'settled') group.attributes = body.attributes
        take(group, body.type)
        break
      case 'fetch-gone':
        take(group, body.type)
        break
    }
  }
  return all
}
