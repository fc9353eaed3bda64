import type { FetchAttributes } from '../../../protocol/attributes'
import type { SessionEvent } from '../../../protocol/events'
import { watchedAfter } from '../../../protocol/watching'
import type { AuditLost } from '../audit/evidence/reasons'
import { effectiveAbort } from '../log/time-origin'
import { createWorkers } from '../workers/workers'
import { createCalls } from './calls'
import type { Change } from './changes'
import { goneForPages, lose, tracedEnd } from './end-witness'
import { createFetches, update } from './fetches'
import { interruptionsOf } from './interruptions'
import { createPlannedAborts } from './planned-aborts'
import { createRows } from './rows'
import { createStorage } from './storage'
import { endEvent, type Fetch, type Frame, isLive, type View } from './view'

export interface Model extends View {
  /** Folds events in; doubles of what it has are ignored, and so is what is no event. */
  apply(events: readonly SessionEvent[]): void
  /** The highest `seq` of each producer. */
  readonly have: Readonly<Record<string, number>>
  /** What became of the rows since a version that this reported; -1 for all there are. */
  since(version: number): Change
}

/**
 * Folds a session's stream of events into what the panel shows. The same events give the same view.
 *
 * @param preserve keep what was logged across top-level navigations
 */
export function createModel(preserve: () => boolean = () => true): Model {
  const fetches = createFetches()
  const rows = createRows()
  const workers = createWorkers(fetches, rows)
  const storage = createStorage(fetches, rows)
  const calls = createCalls(fetches, rows)
  const planned = createPlannedAborts(fetches, rows)
  const frames = new Map<string, Frame>()
  const have: Record<string, number> = {}
  let unreachable: View['unreachable'] = null
  let watching = false
  let recordingSince: number | null = null
  let dropped = 0
  let notSaved: View['notSaved'] = null

  const clear = () => {
    rows.clear()
    fetches.forgetEnded()
    workers.forgetEnded()
    calls.forget()
  }

  /** No page reports these fetches any more, nor is their storage compared. */
  const loseAll = (event: SessionEvent, why: AuditLost) => {
    const all = fetches.concernedBy(event)
    // What is known of an event that is not over is judged as it is.
    storage.lost(event, why, all)
    for (const fetch of all) {
      const traced = lose(fetch)
      if (traced) rows.add(event, fetch, { kind: 'ended-unseen', note: traced.dispatched.name })
    }
    storage.lost(event, why, all)
  }

  const stopWatching = (event: SessionEvent, why: 'panel' | 'recording') => {
    frames.clear()
    planned.lost(event)
    loseAll(event, why)
  }

  const addInterruptions = (event: SessionEvent, fetch: Fetch, attributes: FetchAttributes) => {
    for (const interruption of interruptionsOf(fetch, attributes, event.at))
      rows.add(event, fetch, interruption)
  }

  const onFetch = (event: SessionEvent, fetch: Fetch) => {
    const { body, at } = event
    const abort = effectiveAbort(fetch)
    switch (body.type) {
      case 'progress':
        // What was read before its end may arrive after it.
        if (!isLive(fetch)) return
        addInterruptions(event, fetch, body.attributes)
        update(fetch, body.attributes, at)
        return rows.add(event, fetch)
      case 'response-ready':
        // Each page of the origin reports it.
        if (body.ready <= (fetch.responses?.ready ?? 0)) return
        fetch.responses = { ready: body.ready, total: body.total }
        return rows.add(event, fetch, { note: storage.answered(fetch, body.record) })
      case 'settled': {
        if (fetch.settledBy === 'page') return
        addInterruptions(event, fetch, body.attributes)
        update(fetch, body.attributes, at)
        fetch.settledAt = Math.min(fetch.settledAt ?? at, at)
        fetch.settledBy = 'page'
        if (workers.contradicted(fetch)) fetch.overAt = null
        workers.match(fetch)
        if (fetch.overAt !== null) fetch.overAt = Math.max(fetch.overAt, fetch.settledAt)
        fetch.state = fetch.overAt === null ? 'settled' : 'over'
        return rows.add(event, fetch, { after: abort ? Math.max(0, at - abort.at) : null })
      }
      case 'event-over':
        if (fetch.overAt !== null) return
        fetch.attributes = { ...fetch.attributes, recordsAvailable: false }
        fetch.state = 'over'
        fetch.overAt = Math.max(at, fetch.settledAt ?? at)
        fetch.uncertainty = body.uncertainty
        if (body.unregistered && !tracedEnd(fetch)) fetch.unregisteredAt ??= at
        rows.add(event, fetch, {
          after: fetch.settledAt === null ? null : fetch.overAt - fetch.settledAt,
          // How it ended may not be known yet.
          note: fetch.settledAt === null ? '' : endEvent(fetch.attributes),
        })
        workers.match(fetch)
        workers.over(event, fetch)
        return
      case 'fetch-gone': {
        // Its end is on record already.
        if (!isLive(fetch)) return
        const note = goneForPages(fetch)
        if (note === '' && body.reason === 'unregistered') fetch.unregisteredAt = at
        return rows.add(event, fetch, { note })
      }
      case 'abort-requested':
        // A background that was stopped half-way was asked once more.
        if (fetch.abort?.command === body.command) return
        fetch.abort = { at, command: body.command, answeredAt: null, outcome: null }
        return rows.add(event, fetch)
      case 'item-deleted':
        return rows.add(event, fetch)
      case 'abort-answered': {
        const asked = fetch.abort?.command === body.command ? fetch.abort : null
        if (asked) fetch.abort = { ...asked, answeredAt: at, outcome: body.outcome }
        return rows.add(event, fetch, { after: asked ? Math.max(0, at - asked.at) : null })
      }
    }
  }

  const applyOne = (event: SessionEvent) => {
    const { body, document, storageKey } = event
    watching = watchedAfter(body) ?? watching
    switch (body.type) {
      case 'watch-started':
        unreachable = null
        return rows.add(event, null)
      case 'watch-stopped':
        rows.add(event, null)
        return stopWatching(event, 'panel')
      case 'keep-started':
        recordingSince = event.at
        return rows.add(event, null)
      case 'keep-ended':
        recordingSince = null
        rows.add(event, null)
        if (body.watched) return
        return stopWatching(event, 'recording')
      case 'frame': {
        const known = document ? frames.get(document) : undefined
        if (document) frames.set(document, { ...body, document, storageKey: storageKey ?? '' })
        if (body.top) unreachable = null
        // Only what a reader can act on: the first sight of a page, and a change of its workers.
        if (!known || known.scopes.join('\n') !== body.scopes.join('\n')) rows.add(event, null)
        return
      }
      case 'inventory':
        for (const fetch of fetches.concernedBy(event)) {
          rows.add(event, fetch, { kind: 'ended-unseen', note: goneForPages(fetch) })
        }
        return
      case 'fetch-seen': {
        const { fetch, continued } = fetches.see(event, body)
        if (continued) return
        calls.seen(event, fetch)
        return rows.add(event, fetch)
      }
      case 'frame-gone':
        if (document) frames.delete(document)
        planned.lost(event, document)
        loseAll(event, 'page')
        return
      case 'navigated':
        if (!preserve()) clear()
        unreachable = null
        return rows.add(event, null)
      case 'unreachable':
        if (unreachable?.reason === body.reason && unreachable.url === body.url) return
        unreachable = body
        return rows.add(event, null)
      case 'not-saved':
        notSaved = body.problem
        return rows.add(event, null)
      case 'saved-again':
        notSaved = null
        return rows.add(event, null)
      case 'earlier-unread':
        workers.interrupted(event)
        return rows.add(event, null)
      case 'cleared':
        return clear()
      case 'journal-cut':
        dropped += body.dropped
        rows.trim(body.bound)
        workers.forgetEnded()
        return rows.add(event, null)
      case 'storage-baseline':
      case 'panel-left':
      case 'events-lost':
      case 'events-unreadable':
      case 'tab-replaced':
      case 'refused':
        return rows.add(event, null)
      case 'progress':
      case 'response-ready':
      case 'settled':
      case 'event-over':
      case 'fetch-gone':
      case 'item-deleted':
      case 'abort-requested':
      case 'abort-answered': {
        const fetch = fetches.byHandle(body.handle)
        if (fetch) onFetch(event, fetch)
        return
      }
      case 'abort-planned':
      case 'next-abort-planned':
      case 'planned-abort-applied':
      case 'planned-abort-fired':
      case 'planned-abort-removed':
        return planned.apply(event, body)
      case 'page-call':
        return calls.called(event, body)
      case 'fetch-not-seen':
        return calls.refused(event, body)
      case 'storage-snapshot':
      case 'request-outcomes':
      case 'storage-changed':
        return storage.apply(event, body)
      default: {
        workers.apply(event, body)
        const concerned = workers.concerned(body)
        if (concerned) storage.judge(event, concerned)
        // Its end is known from the worker, and no page is left to compare its storage.
        if (body.type === 'dispatched' && concerned?.settledBy === 'worker' && !concerned.unlisted)
          storage.lost(event, watching ? 'page' : 'panel', [concerned])
      }
    }
  }

  return {
    get fetches() {
      return fetches.all
    },
    get rows() {
      return rows.all
    },
    frames,
    get unreachable() {
      return unreachable
    },
    get watching() {
      return watching
    },
    get recordingSince() {
      return recordingSince
    },
    get workers() {
      return workers.all
    },
    get tracer() {
      return workers.tracer
    },
    get notSaved() {
      return notSaved
    },
    get plannedAborts() {
      return planned.open
    },
    get dropped() {
      return dropped
    },
    have,
    since: rows.since,
    apply(events) {
      for (const event of events) {
        if (event.seq <= (have[event.producer] ?? 0)) continue
        have[event.producer] = event.seq
        applyOne(event)
      }
    },
  }
}
