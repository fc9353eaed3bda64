import type { SessionEvent } from '../../protocol/events'
import { now } from '../../wire/clock'
import { showsDocument } from '../bridges/documents'
import { createTabBridges, type TabBridges, type TabBridgesNeeds } from '../bridges/tab-bridges'
import { createNetworkRequests, type NetworkRequests } from '../network/network-requests'
import type { RequestObserver } from '../network/request-observer'
import { isAbort } from '../store/on-record'
import type { Recorder } from '../store/recorder'
import { createColdStarts } from './cold-start'
import { createTabTracer, type TabTracer } from './tab-tracer'
import type { Watchers } from './watching/watchers'

/** What observes a tab: the bridges in its pages, the tracer of its workers, the requests on the network. */
export interface Observers {
  readonly bridges: TabBridges
  readonly tracer: TabTracer
  readonly network: NetworkRequests
  /** Traces and observes what the watchers want now. */
  update(): void
  /** Takes in events as they are recorded. */
  recorded(events: readonly SessionEvent[]): void
}

/** Where what is observed goes, and who wants it. */
interface ObserversNeeds extends Pick<TabBridgesNeeds, 'recorder' | 'settled' | 'reporting'> {
  readonly watchers: Watchers
  readonly requestObserver: RequestObserver
  note(...args: Parameters<Recorder['note']>): void
}

/** The observers of a tab, which observe nothing before `update()`. */
export function createObservers(tabId: number, needs: ObserversNeeds): Observers {
  const { recorder, watchers, note } = needs
  const { panels, recording, absence, presence } = watchers

  const bridges = createTabBridges({
    recorder,
    looking: () => watchers.looking,
    watching: () => presence.watching,
    settled: needs.settled,
    reporting: needs.reporting,
    namedUrls: (storageKey) => tracer.namedUrls(storageKey),
    joined: () => tracer.pagesChanged(),
    shows: (document) => showsDocument(tabId, document),
    stopWorkers: (storageKey, scope) => coldStarts.stop(storageKey, scope),
  })

  const tracer = createTabTracer(tabId, {
    bridges,
    recording,
    note,
    attached: () => panels.size > 0,
    anyTracing: () => panels.anyTracing,
    pauseOn: () => panels.pauseOn,
    returning: () => absence.on,
  })

  const coldStarts = createColdStarts(
    async () => (await recorder).journal,
    (worker) => tracer.stopRun(worker),
  )

  const network = createNetworkRequests({
    observer: needs.requestObserver,
    records: bridges.records,
    report: (body, at) => note('network', body, { at }),
    now,
  })

  return {
    bridges,
    tracer,
    network,
    update() {
      tracer.update()
      network.set(watchers.wanted)
    },
    recorded(events) {
      for (const { at, body } of events) if (isAbort(body)) tracer.aborted(at)
      coldStarts.recorded()
      network.recorded(events)
    },
  }
}
