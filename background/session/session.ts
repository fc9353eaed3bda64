import type { SessionEvent } from '../../protocol/events'
import { MAX_TEXT } from '../../protocol/page-events'
import type { RecordingEnd } from '../../protocol/recordings'
import type { PortLike } from '../../wire/port-rpc'
import { createRequestObserver, noRequests } from '../network/request-observer'
import { isIncognito } from '../recording/incognito'
import type { Recordings } from '../recording/recordings'
import { createRecorder, type Recorder } from '../store/recorder'
import type { Store } from '../store/store'
import { createPanelAborts } from './causes/panel-aborts'
import { createFollowers } from './followers'
import type { HandedOver } from './handed-over'
import { createObservers } from './observers'
import { createPanelCommands } from './panel-commands'
import type { ClosablePort, PanelActions } from './panels'
import { restore } from './restore'
import { createTabPages } from './tab-pages'
import { createWatchChanges } from './watching/watch-changes'
import { createWatchers } from './watching/watchers'

export interface Session {
  acceptPanel(port: ClosablePort): void
  acceptBridge(port: PortLike, document: string, origin?: string): void
  /** A new document was committed in one of the tab's frames. */
  committed(frameId: number, url: string, reload: boolean): void
  /** Access to hosts was granted or taken away. */
  accessChanged(): void
  /**
   * Records the tab no longer than a panel is there; resolves when what was recorded is safe, with `false` where
   * the tab was not recorded without one.
   */
  endRecording(why: RecordingEnd): Promise<boolean>
  /** The tab is gone; resolves when nothing is written about it any more. */
  closed(): Promise<void>
  /** The tab has another id now: ends this session, and gives what the next one goes on with. */
  handOver(): Promise<Pick<HandedOver, 'events' | 'recording'>>
}

/**
 * All that is known and done about one inspected tab: its panels, its bridges and its journal.
 *
 * @param before what the session of the tab's id before hands on
 * @param panelAborts what the panels of all tabs have aborted
 * @param requestObserver observes requests of background fetches, of all tabs
 */
export function createSession(
  tabId: number,
  store: Store,
  recordings: Recordings,
  before?: Promise<HandedOver>,
  panelAborts = createPanelAborts(),
  requestObserver = createRequestObserver(noRequests),
): Session {
  const recorded = (events: readonly SessionEvent[]) => {
    panels.send(events)
    observers.recorded(events)
    followers.recorded(events)
  }
  const begin = async (): Promise<Recorder> => {
    const handed = await before
    const made = await createRecorder(tabId, store, recorded, {
      begun: handed?.events,
      recovered: () => void changes.recovered(),
    })
    await restore(made, handed, { watchers, observers, followers })
    return made
  }
  const recorder = begin()
  const note = (...args: Parameters<Recorder['note']>): void =>
    void recorder.then((made) => made.note(...args))
  const pages = createTabPages(tabId, note)

  const watchers = createWatchers(tabId, recordings, () => void changes.endRecording('too-long'))
  const observers = createObservers(tabId, {
    recorder,
    watchers,
    requestObserver,
    note,
    settled: (made) => changes.bridgeSettled(made),
    reporting() {
      if (watchers.recording.tooOld) void changes.endRecording('too-long')
    },
  })
  const followers = createFollowers(tabId, { recorder, observers, panelAborts, note })
  const changes = createWatchChanges({
    ...{ recorder, recordings, watchers, observers, followers },
    reachPages: pages.reachAll,
  })

  const { panels, recording, absence } = watchers
  const { bridges, tracer, network } = observers

  const actions: PanelActions = {
    async missing(have, give) {
      give((await recorder).journal.since(have))
    },
    changed: (fresh) => void changes.panelsChanged(fresh),
    ...createPanelCommands({
      recorder,
      bridges,
      tracer,
      recording,
      recordings,
      noteSeries: followers.series.note,
      dispatchSynthetic: followers.synthetic.dispatchSynthetic,
      endings: followers.endings,
      isIncognito: () => isIncognito(tabId),
      anyTracing: () => panels.anyTracing,
      reachPages: pages.reachAll,
      endRecording: changes.endRecording,
    }),
  }

  /** Nothing in the tab is observed any more; resolves when it is as before. */
  const stopObserving = async () => {
    absence.end()
    network.set(false)
    await followers.stop()
  }

  return {
    acceptPanel: (port) => panels.accept(port, actions),
    acceptBridge: bridges.accept,
    async committed(frameId, url, reload) {
      await recorder
      if (recording.tooOld) await changes.endRecording('too-long')
      tracer.frameChanged()
      if (!watchers.wanted) return
      if (frameId === 0 && recording.on) recording.show()
      if (frameId === 0) note('page', { type: 'navigated', url: url.slice(0, MAX_TEXT), reload })
      void pages.reachFrame(frameId)
      if (frameId === 0) tracer.navigated()
    },
    async accessChanged() {
      await recorder
      if (watchers.wanted) await pages.reachAll()
    },
    endRecording: changes.endRecording,
    async closed() {
      await stopObserving()
      await changes.endRecording('tab-closed')
      await (await recorder).stop()
    },
    async handOver() {
      const { journal, stop } = await recorder
      await stopObserving()
      const released = recording.release()
      const events = [...journal.events]
      panels.dismiss()
      tracer.off()
      await stop()
      return { events, recording: released }
    },
  }
}
