import type { FetchAttributes } from '../../protocol/attributes'
import type { BodyOf, SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import { continues } from '../../protocol/same-fetch'
import { goneForPages, tracedEnd } from './end-witness'
import { endEvent, type Fetch, isLive } from './view'

/** How many samples a fetch keeps; every second one goes when there are more. */
const MAX_SAMPLES = 1000

export interface Fetches {
  readonly all: readonly Fetch[]
  byHandle(handle: Handle): Fetch | undefined
  /** Finds the fetch that a registration object stands for: one known from before, or a new one. */
  see(event: SessionEvent, body: BodyOf<'fetch-seen'>): { fetch: Fetch; continued: boolean }
  /** The fetch that a worker's event is about, if one is known. */
  ofEvent(storageKey: string, scope: string, body: BodyOf<'dispatched'>, at: number): Fetch | undefined
  /** Fetches that may still be running in this storage key. */
  liveIn(storageKey: string | null): Fetch[]
  /** The same, and those whose event in the worker is not over. */
  openIn(storageKey: string | null): Fetch[]
  /** Forgets fetches that have ended. */
  forgetEnded(): void
}

const moved = (attributes: FetchAttributes) => attributes.downloaded > 0 || attributes.uploaded > 0

/** Takes the attributes that were read at `at`, unless the fetch has an end already. */
export function update(fetch: Fetch, attributes: FetchAttributes, at: number): void {
  const before = fetch.attributes
  const differs = attributes.downloaded !== before.downloaded || attributes.uploaded !== before.uploaded
  // An aborted fetch reads 0 at its end: nothing has moved back.
  if (differs && attributes.result === '') {
    fetch.movedAt = at
    fetch.samples.push({ at, downloaded: attributes.downloaded, uploaded: attributes.uploaded })
    if (fetch.samples.length > MAX_SAMPLES) {
      const thinned = fetch.samples.filter((_, i, all) => i % 2 === 0 || i === all.length - 1)
      fetch.samples.splice(0, fetch.samples.length, ...thinned)
    }
  }
  fetch.attributes = attributes
  fetch.arrived = Math.max(fetch.arrived, attributes.downloaded)
  if (!isLive(fetch)) return
  fetch.state = moved(attributes) ? 'active' : 'queued'
  if (fetch.state === 'active') fetch.activeAt ??= at
}

/** A page may say this much later than the worker that it has seen a fetch which is over at once, in milliseconds. */
const HASTE = 250

/** Whether a worker's event may be for the end of this fetch: nothing that is known of it says otherwise. */
function mayEndWith(fetch: Fetch, name: string): boolean {
  if (fetch.settledAt !== null && endEvent(fetch.attributes) !== name) return false
  return tracedEnd(fetch) === undefined
}

/** Which of the fetches of one id a worker's event is about. */
function chosen(named: readonly Fetch[], { name }: BodyOf<'dispatched'>, at: number): Fetch | undefined {
  const begun = named.filter(({ seenAt, already }) => already || seenAt <= at + HASTE)
  if (name === 'backgroundfetchclick') return begun.at(-1)
  const possible = (fetch: Fetch) => mayEndWith(fetch, name)
  // An id may be in use again when the event of the fetch before it comes.
  const expecting = named.findLast(
    (fetch) => possible(fetch) && fetch.settledAt !== null && (fetch.overAt === null || at <= fetch.overAt),
  )
  return expecting ?? begun.findLast(possible)
}

/** The fetches of a session, told apart although ids are used again. */
export function createFetches(): Fetches {
  let all: Fetch[] = []
  const handles = new Map<Handle, Fetch>()
  const named = new Map<string, Fetch[]>()
  /** How many fetches had a name, also of those that are forgotten: a name is not given twice. */
  const occurrences = new Map<string, number>()
  /** Where each id is in use. */
  const places = new Map<string, Set<string>>()

  const isAmbiguous = (id: string, storageKey: string, scope: string): boolean => {
    const place = JSON.stringify([storageKey, scope])
    const known = places.get(id) ?? new Set()
    places.set(id, known)
    known.add(place)
    if (known.size === 2) for (const fetch of all) if (fetch.id === id) fetch.ambiguous = true
    return known.size > 1
  }

  return {
    get all() {
      return all
    },
    byHandle: (handle) => handles.get(handle),
    see({ at, storageKey }, body) {
      const name = JSON.stringify([storageKey, body.scope, body.id])
      const known = named.get(name)?.at(-1)
      if (known && isLive(known) && continues(known.attributes, body)) {
        handles.set(body.handle, known)
        known.handle = body.handle
        update(known, body.attributes, at)
        return { fetch: known, continued: true }
      }
      // The id is in use again: whatever had it before has ended.
      if (known && isLive(known)) goneForPages(known)
      const occurrence = (occurrences.get(name) ?? 0) + 1
      occurrences.set(name, occurrence)
      const fetch: Fetch = {
        key: JSON.stringify([storageKey, body.scope, body.id, occurrence]),
        storageKey: storageKey ?? '',
        scope: body.scope,
        id: body.id,
        occurrence,
        ambiguous: isAmbiguous(body.id, storageKey ?? '', body.scope),
        handle: body.handle,
        attributes: body.attributes,
        state: moved(body.attributes) ? 'active' : 'queued',
        already: body.already,
        seenAt: at,
        activeAt: moved(body.attributes) ? at : null,
        arrived: body.attributes.downloaded,
        movedAt: at,
        settledAt: null,
        settledBy: null,
        unregisteredAt: null,
        overAt: null,
        uncertainty: 0,
        abort: null,
        responses: null,
        answered: new Map(),
        requests: null,
        snapshots: {},
        evidence: null,
        changes: [],
        auditLost: null,
        events: [],
        samples: [{ at, downloaded: body.attributes.downloaded, uploaded: body.attributes.uploaded }],
      }
      all.push(fetch)
      handles.set(body.handle, fetch)
      const before = named.get(name)
      if (before) before.push(fetch)
      else named.set(name, [fetch])
      return { fetch, continued: false }
    },
    ofEvent(storageKey, scope, body, at) {
      return chosen(named.get(JSON.stringify([storageKey, scope, body.id])) ?? [], body, at)
    },
    liveIn: (storageKey) => all.filter((fetch) => fetch.storageKey === storageKey && isLive(fetch)),
    openIn: (storageKey) =>
      all.filter((fetch) => fetch.storageKey === storageKey && (isLive(fetch) || fetch.state === 'settled')),
    forgetEnded() {
      // What no page reports any more has ended, also where its worker handles the event yet.
      all = all.filter((fetch) => isLive(fetch) || (fetch.state === 'settled' && fetch.settledBy === 'page'))
      const kept = new Set(all)
      for (const [handle, fetch] of handles) if (!kept.has(fetch)) handles.delete(handle)
      for (const [name, list] of named) {
        const left = list.filter((fetch) => kept.has(fetch))
        if (left.length > 0) named.set(name, left)
        else named.delete(name)
      }
      places.clear()
      for (const fetch of all) fetch.ambiguous = false
      for (const fetch of all) fetch.ambiguous = isAmbiguous(fetch.id, fetch.storageKey, fetch.scope)
    },
  }
}
