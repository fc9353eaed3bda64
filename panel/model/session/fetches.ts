import type { FetchAttributes } from '../../../protocol/attributes'
import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { type Handle, unlistedHandle } from '../../../protocol/handle'
import { continues, MAX_SEEN_DELAY, nameOf, stepOfOthers } from '../../../protocol/lifecycle'
import { goneForPages, tracedEnd } from './ends/end-witness'
import { endEvent, isLive, isReported, phaseOf } from './fetch-phase'
import type { Pause } from './pause'
import type { StrayException } from './stray-exception'
import { moved, update } from './take-attributes'
import type { Fetch } from './view'

/** What is known of a fetch when it is seen first. */
interface Seen {
  readonly storageKey: string
  readonly scope: string
  readonly id: string
  readonly handle: Handle
  readonly attributes: FetchAttributes
  readonly at: number
  readonly already: boolean
  readonly began: Fetch['began']
  readonly unlisted: boolean
}

/** What the workers of a scope did beside their events. */
interface OfScope {
  readonly pauses: Pause[]
  readonly exceptions: StrayException[]
}

export interface Fetches {
  readonly all: readonly Fetch[]
  byHandle(handle: Handle): Fetch | undefined
  /** What is known of the workers of a scope, for whoever hears of them to note it there. */
  ofScope(storageKey: string, scope: string): OfScope
  /** Finds the fetch that a registration object stands for: one known from before, or a new one. */
  see(event: SessionEvent, body: BodyOf<'fetch-seen'>): { fetch: Fetch; continued: boolean }
  /** Makes a fetch of a worker's event that is of none that a page listed. */
  unlisted(storageKey: string, scope: string, body: BodyOf<'dispatched'>, at: number): Fetch
  /** Fetches of the same name that no page listed. */
  unlistedLike(fetch: Fetch): readonly Fetch[]
  /** The last two fetches of the same name that a page listed. */
  listedLike(fetch: Fetch): readonly Fetch[]
  /** It turned out to be another fetch that is known. */
  drop(fetch: Fetch): void
  /** The fetch that a worker's event is about, if one is known. */
  ofEvent(storageKey: string, scope: string, body: BodyOf<'dispatched'>, at: number): Fetch | undefined
  /** The fetches that an event is about which names none. */
  concernedBy(event: SessionEvent): Fetch[]
  /** Forgets fetches that have ended. */
  forgetEnded(): void
}

/** How far the clocks of page and worker may be apart, in milliseconds. */
export const CLOCKS = 50

/** Whether a worker's event may be for the end of this fetch: nothing that is known of it says otherwise. */
function mayEndWith(fetch: Fetch, { name, attributes }: BodyOf<'dispatched'>, at: number): boolean {
  if (fetch.overAt !== null && at > fetch.overAt + CLOCKS) return false
  const { downloadTotal, uploadTotal } = fetch.attributes
  if (downloadTotal !== attributes.downloadTotal || uploadTotal !== attributes.uploadTotal) return false
  if (fetch.settledAt !== null && endEvent(fetch.attributes) !== name) return false
  return tracedEnd(fetch) === undefined
}

/** Which of the fetches of one id a worker's event is about. */
function chosen(named: readonly Fetch[], body: BodyOf<'dispatched'>, at: number): Fetch | undefined {
  const begun = named.filter(({ seenAt, already }) => already || seenAt <= at + MAX_SEEN_DELAY)
  if (body.name === 'backgroundfetchclick' || !body.isTrusted) return begun.at(-1)
  const possible = (fetch: Fetch) => mayEndWith(fetch, body, at)
  // An id may be in use again when the event of the fetch before it comes.
  const expecting = named.findLast(
    (fetch) => possible(fetch) && fetch.settledAt !== null && (fetch.overAt === null || at <= fetch.overAt),
  )
  return expecting ?? begun.findLast(possible)
}

/** The fetches of a session, distinguished although ids are used again. */
export function createFetches(): Fetches {
  let all: Fetch[] = []
  const handles = new Map<Handle, Fetch>()
  const named = new Map<string, Fetch[]>()
  /** How many fetches had a name, also of those that are forgotten: a name is not given twice. */
  const occurrences = new Map<string, number>()
  /** The same, with those that turned out to be none of their own: a key is not given twice either. */
  const added = new Map<string, number>()
  /** The document that follows a fetch. */
  const documents = new WeakMap<Fetch, string | null>()
  /** Where each id is in use. */
  const places = new Map<string, Set<string>>()

  const scopes = new Map<string, OfScope>()
  const ofScope = (storageKey: string, scope: string): OfScope => {
    const place = JSON.stringify([storageKey, scope])
    const known = scopes.get(place) ?? { pauses: [], exceptions: [] }
    scopes.set(place, known)
    return known
  }

  const isAmbiguous = (id: string, storageKey: string, scope: string): boolean => {
    const place = JSON.stringify([storageKey, scope])
    const known = places.get(id) ?? new Set()
    places.set(id, known)
    known.add(place)
    if (known.size === 2) for (const fetch of all) if (fetch.id === id) fetch.ambiguous = true
    return known.size > 1
  }

  const add = (one: Seen): Fetch => {
    const { storageKey, scope, id, handle, attributes, at, already, began, unlisted } = one
    const name = nameOf(storageKey, scope, id)
    const occurrence = (occurrences.get(name) ?? 0) + 1
    occurrences.set(name, occurrence)
    const nth = (added.get(name) ?? 0) + 1
    added.set(name, nth)
    const workers = ofScope(storageKey, scope)
    const fetch: Fetch = {
      key: JSON.stringify([storageKey, scope, id, nth]),
      storageKey,
      scope,
      id,
      occurrence,
      ambiguous: isAmbiguous(id, storageKey, scope),
      handle,
      attributes,
      state: moved(attributes) ? 'active' : 'queued',
      already,
      began,
      seenAt: at,
      activeAt: moved(attributes) ? at : null,
      arrived: attributes.downloaded,
      movedAt: at,
      settledAt: null,
      settledBy: null,
      unregisteredAt: null,
      goneAt: null,
      overAt: null,
      isReleasedEarly: false,
      uncertainty: 0,
      aborts: [],
      abort: null,
      planned: null,
      forced: null,
      limits: [],
      initiator: null,
      startCalls: [],
      options: null,
      abortCalls: [],
      ...{ abortCause: null, leftAt: null },
      loads: null,
      responses: null,
      answered: new Map(),
      requests: null,
      network: new Map(),
      snapshots: {},
      running: [],
      evidence: null,
      changes: [],
      changedLaterAt: null,
      unlisted,
      auditLost: null,
      events: [],
      untrusted: [],
      workerPauses: workers.pauses,
      strayExceptions: workers.exceptions,
      samples: [{ at, downloaded: attributes.downloaded, uploaded: attributes.uploaded }],
    }
    all.push(fetch)
    const before = named.get(name)
    if (before) before.push(fetch)
    else named.set(name, [fetch])
    return fetch
  }

  return {
    get all() {
      return all
    },
    byHandle: (handle) => handles.get(handle),
    ofScope,
    see({ at, storageKey, document, producer }, body) {
      const name = nameOf(storageKey, body.scope, body.id)
      // Not the last of its name: one of a worker's event alone may have been noted since, and have run before it.
      const known = named.get(name)?.findLast(isLive)
      if (known && continues(known.attributes, body)) {
        handles.set(body.handle, known)
        known.handle = body.handle
        documents.set(known, document)
        known.unlisted = false
        update(known, body.attributes, at)
        return { fetch: known, continued: true }
      }
      // The id is in use again: whatever had it before has ended.
      if (known) goneForPages(known, at)
      const began = body.began ? { ...body.began, producer } : null
      const fetch = add({ ...body, storageKey: storageKey ?? '', at, began, unlisted: false })
      documents.set(fetch, document)
      handles.set(body.handle, fetch)
      return { fetch, continued: false }
    },
    unlisted(storageKey, scope, { id, attributes, worker, event }, at) {
      const handle = unlistedHandle(worker, event)
      const isUsedAgain = named.get(nameOf(storageKey, scope, id))?.some(isLive)
      const seen = { storageKey, scope, id, handle, attributes, at, already: false, began: null }
      const fetch = add({ ...seen, unlisted: true })
      // One of an ID runs at a time: this one has ended where another runs.
      fetch.state = isUsedAgain ? 'gone' : 'unobserved'
      handles.set(handle, fetch)
      return fetch
    },
    unlistedLike: ({ storageKey, scope, id }) =>
      (named.get(nameOf(storageKey, scope, id)) ?? []).filter(({ unlisted }) => unlisted),
    listedLike: ({ storageKey, scope, id }) =>
      (named.get(nameOf(storageKey, scope, id)) ?? []).filter(({ unlisted }) => !unlisted).slice(-2),
    drop(fetch) {
      handles.delete(fetch.handle)
      all = all.filter((one) => one !== fetch)
      const name = nameOf(fetch.storageKey, fetch.scope, fetch.id)
      const others = (named.get(name) ?? []).filter((one) => one !== fetch)
      named.set(name, others)
      // It was none of its own: those that came after it are counted without it.
      for (const one of others) if (one.occurrence > fetch.occurrence) one.occurrence--
      occurrences.set(name, (occurrences.get(name) ?? 1) - 1)
    },
    ofEvent(storageKey, scope, body, at) {
      return chosen(named.get(nameOf(storageKey, scope, body.id)) ?? [], body, at)
    },
    concernedBy(event) {
      const others = stepOfOthers(event)
      return all.filter((fetch) => {
        const { storageKey, handle } = fetch
        return others?.concerns({ storageKey, handle, document: documents.get(fetch), phase: phaseOf(fetch) })
      })
    },
    forgetEnded() {
      // What no page reports any more has ended, also where its worker handles the event yet.
      all = all.filter(isReported)
      const remaining = new Set(all)
      for (const [handle, fetch] of handles) if (!remaining.has(fetch)) handles.delete(handle)
      for (const [name, list] of named) {
        const left = list.filter((fetch) => remaining.has(fetch))
        if (left.length > 0) named.set(name, left)
        else named.delete(name)
      }
      places.clear()
      for (const fetch of all) fetch.ambiguous = false
      for (const fetch of all) fetch.ambiguous = isAmbiguous(fetch.id, fetch.storageKey, fetch.scope)
    },
  }
}
