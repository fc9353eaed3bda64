import type { RecordsPage } from '../../protocol/attributes'
import type { SessionEvent } from '../../protocol/events'
import type { Handle } from '../../protocol/handle'
import { createAttribution, type NetworkReport } from './attribution'
import { type ObservedFetch, setRequests } from './fetch-requests'
import { createObservedFetches } from './observed-fetches'
import type { RequestObserver } from './request-observer'

/** Of a fetch that has more requests, so many of them are observed. */
const MAX_REQUESTS = 500

interface Needs {
  readonly observer: RequestObserver
  /** Which requests a fetch has. */
  records(handle: Handle, offset: number, limit: number): Promise<RecordsPage>
  report: NetworkReport
  /** Now, in epoch milliseconds. */
  now(): number
}

/** The requests of a tab's fetches on the network, as long as a person wants that. */
export interface NetworkRequests {
  /** Goes on with what a background before this one has recorded. */
  restore(events: readonly SessionEvent[]): void
  /** Events as they are recorded. */
  recorded(events: readonly SessionEvent[]): void
  /** Starts to observe, or stops. */
  set(wanted: boolean): void
}

/** Observes the requests of a tab's background fetches, and reports those that are of one for certain. */
export function createNetworkRequests({ observer, records, report, now }: Needs): NetworkRequests {
  const fetches = createObservedFetches()
  const attribution = createAttribution(fetches.all, report)
  let end: (() => void) | undefined
  /** As reported last. */
  let on = false
  /** Fetches that a page was asked for the requests of, each once. */
  const asked = new WeakSet<ObservedFetch>()

  const read = async (fetch: ObservedFetch) => {
    asked.add(fetch)
    try {
      const page = await records(fetch.handle, 0, MAX_REQUESTS)
      if (page.ok) setRequests(fetch, page.records, page.total)
    } catch {
      // Its requests are not known.
    }
    attribution.fetchesChanged()
  }
  const readAll = () => {
    for (const fetch of fetches.unread(now())) if (!asked.has(fetch)) void read(fetch)
  }

  const reportState = (is: boolean, removed: boolean) => {
    if (is === on) return
    on = is
    report({ type: 'network-observed', on, removed }, now())
    if (!on) attribution.stop()
  }

  return {
    restore(events) {
      for (const event of events) {
        fetches.apply(event)
        const { body } = event
        if (body.type === 'network-request') {
          attribution.restore(body.request, body.handle)
          fetches.restoreRequest(body.handle, body)
        }
        if (body.type === 'network-observed') on = body.on
      }
    },
    recorded(events) {
      let changed = false
      for (const event of events) changed = fetches.apply(event) || changed
      if (!changed || !on) return
      readAll()
      attribution.fetchesChanged()
    },
    set(wanted) {
      if (wanted === (end !== undefined)) return
      if (wanted) {
        end = observer.observe({
          step: attribution.step,
          changed(is) {
            reportState(is, !is)
            if (is) readAll()
          },
        })
        return
      }
      end?.()
      end = undefined
      reportState(false, false)
    },
  }
}
