import type { BodyOf } from '../../../protocol/events'
import { originOf } from '../../../protocol/origin'
import { isPartitioned, originOfKey } from '../../../protocol/storage-key'
import { closestEnd, overWhenListed } from '../session/ends/end-match'
import { addEvent, endByWorker, tracedEnd } from '../session/ends/end-witness'
import { endEvent } from '../session/fetch-phase'
import type { Fetches } from '../session/fetches'
import type { LateRows } from '../session/late-rows'
import type { Rows } from '../session/rows'
import type { Fetch, TracedEvent, Worker } from '../session/view'

/** Which fetch a worker's event is of, which may turn out to be another one. */
export interface EventFetches {
  /** A fetch for an event of none that a page listed; undefined where one that a page listed may be meant. */
  unlistedOf(worker: Worker, body: BodyOf<'dispatched'>, at: number): Fetch | undefined
  /** A page saw more of the fetch's end: another event of its ID may be the one for it. */
  match(fetch: Fetch): void
  /**
   * A page reports how the fetch ended. What was taken for its event in the worker, because it has its id, and says
   * otherwise was of another fetch, which no page saw: says whether it is taken away.
   */
  contradicted(fetch: Fetch): boolean
  /**
   * A page has lost the fetch without having seen its end. Where it was over when it was listed, it is joined with the fetch
   * that is known from the worker's event: says whether it was.
   */
  joinWithEnded(fetch: Fetch): boolean
}

/** Gives traced events to fetches: those that pages list, and those that no page did. */
export function createEventFetches(fetches: Fetches, rows: Rows, late: LateRows): EventFetches {
  const unlistedOf = (worker: Worker, body: BodyOf<'dispatched'>, at: number): Fetch | undefined => {
    // What the script made itself says nothing of the browser's fetches.
    if (!body.isTrusted) return undefined
    const origin = originOf(worker.url)
    const isInFrame = ({ id, scope, storageKey }: Fetch) =>
      id === body.id &&
      scope === worker.scope &&
      originOfKey(storageKey) === origin &&
      isPartitioned(storageKey)
    return fetches.all.some(isInFrame) ? undefined : fetches.unlisted(origin, worker.scope, body, at)
  }

  /** The event is of this fetch; where it made one that no page listed, that was this one, and all of it is. */
  const give = (traced: TracedEvent, fetch: Fetch) => {
    const { fetch: before } = traced
    const moved = before?.unlisted ? [...before.events] : [traced]
    for (const one of moved) {
      if (before) before.events.splice(before.events.indexOf(one), 1)
      one.fetch = fetch
      addEvent(fetch, one)
      rows.reassign(one)
    }
    if (!before?.unlisted) return
    fetches.drop(before)
    fetch.requests ??= before.requests
    fetch.initiator ??= before.initiator
    if (fetch.startCalls.length === 0) fetch.startCalls = before.startCalls
    fetch.options ??= before.options
    rows.join(before, fetch)
  }

  /** The event is not for the end of the fetch that it was taken for. */
  const part = (traced: TracedEvent) => {
    const { worker, dispatched, at } = traced
    const other = worker && unlistedOf(worker, dispatched, at)
    if (!other) return
    give(traced, other)
    endByWorker(other)
  }

  const match = (fetch: Fetch) => {
    const best = closestEnd(fetch, fetches)
    const current = tracedEnd(fetch)
    if (!best || best === current) return
    if (current) part(current)
    give(best, fetch)
    late.traced(fetch)
  }

  return {
    unlistedOf,
    match,
    contradicted(fetch) {
      const traced = tracedEnd(fetch)
      if (!traced || traced.dispatched.name === endEvent(fetch.attributes)) return false
      part(traced)
      if (traced.fetch !== fetch) return true
      fetch.events.splice(fetch.events.indexOf(traced), 1)
      traced.fetch = null
      rows.reassign(traced)
      return true
    },
    joinWithEnded(fetch) {
      const other = overWhenListed(fetch, fetches)
      if (!other) return false
      other.initiator ??= fetch.initiator
      other.options ??= fetch.options
      other.abortCalls.push(...fetch.abortCalls)
      other.requests ??= fetch.requests
      fetches.drop(fetch)
      rows.join(fetch, other)
      return true
    },
  }
}
