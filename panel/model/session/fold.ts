import type { SessionEvent } from '../../../protocol/events'
import { createWorkers } from '../workers/workers'
import { createCalls } from './calls'
import type { Change } from './changes'
import { goneForPages } from './ends/end-witness'
import { loseFetches, noteLeft } from './ends/lose-fetches'
import { createFetchEvents } from './fetch-events'
import { createFetches } from './fetches'
import { createNetwork } from './network'
import { createPages } from './pages'
import { createAbortSeries } from './plans/abort-series'
import { createForcedEndings } from './plans/forced-endings'
import { createPlannedAborts } from './plans/planned-aborts'
import { createRecording } from './recording'
import { createRows } from './rows'
import type { View } from './session-view'
import { createStandstills } from './standstill/standstills'
import { createStorage } from './storage'
import { createWorkerEvents } from './worker-events'

export interface Model extends View {
  /** Folds events in; an event that it has already is ignored, and so is what is no event. */
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
  const planned = createPlannedAborts(fetches, rows)
  const series = createAbortSeries(fetches, workers, rows)
  const forced = createForcedEndings(rows)
  const network = createNetwork(fetches, rows)
  const pages = createPages(rows)
  const calls = createCalls(fetches, rows, pages.frames)
  const standstills = createStandstills(rows, pages.frames)
  const recording = createRecording()
  const parts = { fetches, rows, storage }
  const applyToFetch = createFetchEvents({ ...parts, workers, standstills })
  const applyToWorker = createWorkerEvents({ workers, storage, calls, forced, recording })
  const have: Record<string, number> = {}

  const clear = () => {
    rows.clear()
    fetches.forgetEnded()
    workers.forgetEnded()
    forced.clear(fetches.all)
  }

  const stopWatching = (event: SessionEvent, why: 'panel' | 'recording') => {
    pages.unwatched()
    series.lost(planned.lost(event))
    loseFetches(event, why, parts)
  }

  const applyOne = (event: SessionEvent) => {
    const { body, document, storageKey } = event
    recording.apply(event)
    switch (body.type) {
      case 'watch-started':
        pages.tryAgain()
        return rows.add(event, null)
      case 'watch-stopped':
        rows.add(event, null)
        return stopWatching(event, 'panel')
      case 'recording-ended':
        rows.add(event, null)
        if (body.watched) return
        return stopWatching(event, 'recording')
      case 'frame':
      case 'unreachable':
      case 'storage-baseline':
        return pages.apply(event, body)
      case 'connectivity':
        return standstills.connectivity(event, body)
      case 'inventory':
        standstills.looking(storageKey)
        pages.apply(event, body)
        for (const fetch of fetches.concernedBy(event)) {
          if (!workers.joinWithEnded(fetch))
            rows.add(event, fetch, { kind: 'ended-unseen', note: goneForPages(fetch, event.at) })
        }
        return
      case 'fetch-seen': {
        const { fetch, continued } = fetches.see(event, body)
        series.seen(fetch)
        if (continued) return
        if (document && pages.frames.get(document)?.storageRead) storage.begun(event, fetch)
        calls.seen(event, fetch)
        forced.seen(fetch)
        return rows.add(event, fetch)
      }
      case 'frame-gone':
        if (document) pages.gone(document)
        series.lost(planned.lost(event, document))
        noteLeft(event, fetches.all)
        loseFetches(event, 'page', parts)
        return
      case 'navigated':
        if (!preserve()) clear()
        pages.tryAgain()
        return rows.add(event, null)
      case 'earlier-unread':
        workers.interrupted(event)
        return rows.add(event, null)
      case 'cleared':
        clear()
        return series.clear()
      case 'journal-cut':
        rows.trim(body.bound)
        workers.forgetEnded()
        return rows.add(event, null)
      case 'recording-started':
      case 'panel-left':
      case 'not-saved':
      case 'saved-again':
      case 'events-lost':
      case 'events-unreadable':
      case 'tab-replaced':
      case 'refused':
        return rows.add(event, null)
      case 'progress':
      case 'no-progress':
      case 'tabs-loading':
      case 'tabs-loaded':
      case 'response-ready':
      case 'settled':
      case 'event-over':
      case 'fetch-gone':
      case 'item-deleted':
      case 'abort-requested':
      case 'abort-cause':
      case 'abort-answered': {
        if (body.type === 'item-deleted') series.deleted(event, body)
        const fetch = fetches.byHandle(body.handle)
        if (fetch) applyToFetch(event, fetch)
        if (fetch?.attributes.failureReason === 'aborted' && body.type === 'settled')
          calls.ended(fetch, event.at)
        return
      }
      case 'planned-abort-fired':
      case 'planned-abort-removed':
        series.planned(event, body)
        return planned.apply(event, body)
      case 'abort-planned':
      case 'next-abort-planned':
      case 'planned-abort-applied':
        return planned.apply(event, body)
      case 'network-observed':
      case 'network-request':
      case 'network-response':
      case 'network-end':
      case 'network-unattributed':
        return network.apply(event, body)
      case 'abort-series-started':
      case 'abort-series-run':
      case 'abort-series-run-failed':
      case 'abort-series-ended':
        return series.apply(event, body)
      case 'synthetic-event-requested':
      case 'synthetic-event-failed':
        return rows.add(event, fetches.byHandle(body.handle) ?? null)
      case 'ending-forced':
      case 'ending-reverted':
        return forced.apply(event, body)
      case 'page-call':
        return calls.called(event, body, { origin: body.origin, scope: null })
      case 'call-options':
        return calls.given(body)
      case 'worker-call':
        return calls.called(event, body, workers.placeOf(body.worker))
      case 'fetch-not-seen':
        return calls.refused(event, body)
      case 'storage-snapshot':
      case 'request-outcomes':
      case 'storage-changed':
        return storage.apply(event, body)
      default:
        applyToWorker(event, body)
    }
  }

  return {
    get fetches() {
      return fetches.all
    },
    get rows() {
      return rows.all
    },
    frames: pages.frames,
    offline: standstills.offline,
    get unreachable() {
      return pages.unreachable
    },
    get watching() {
      return recording.watching
    },
    get recordingSince() {
      return recording.recordingSince
    },
    get workers() {
      return workers.all
    },
    get tracer() {
      return workers.tracer
    },
    get notSaved() {
      return recording.notSaved
    },
    get networkSince() {
      return network.since
    },
    get plannedAborts() {
      return planned.open
    },
    get abortSeries() {
      return series.all
    },
    get dropped() {
      return recording.dropped
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
