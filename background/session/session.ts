import type { SessionEvent } from '../../protocol/events'
import { MAX_TEXT } from '../../protocol/page-events'
import type { RecordingEnd } from '../../protocol/recordings'
import { now } from '../../wire/clock'
import type { PortLike } from '../../wire/port-rpc'
import { showsDocument } from '../bridges/documents'
import { injectEverywhere, injectFrame, type Unreached } from '../bridges/injector'
import { createTabBridges } from '../bridges/tab-bridges'
import { createNetworkRequests } from '../network/network-requests'
import { createRequestObserver, noRequests } from '../network/request-observer'
import { isIncognito } from '../recording/incognito'
import type { Recordings } from '../recording/recordings'
import { createTabRecording } from '../recording/tab-recording'
import { isAbort } from '../store/on-record'
import { createRecorder, type Recorder } from '../store/recorder'
import type { Store } from '../store/store'
import { leftBehindEnded } from '../tracer/debuggee'
import { interruption } from '../tracer/interruption'
import { createAbortSeriesSteps } from './abort-series'
import { createAborts } from './aborts'
import { createAbsence } from './absence'
import { showBadge } from './badge'
import { browserLoads } from './browser-loads'
import { createColdStarts } from './cold-start'
import { createForcedEndings } from './forced-endings'
import type { HandedOver } from './handed-over'
import { openEnds } from './open-ends'
import { createPanelAborts } from './panel-aborts'
import { createPanelCommands } from './panel-commands'
import { type ClosablePort, createPanels } from './panels'
import { createPresence } from './presence'
import { createStarts } from './starts'
import { createHeldStarts } from './tab-loads'
import { createTabTracer } from './tab-tracer'

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
  const recording = createTabRecording(
    tabId,
    recordings,
    () => isIncognito(tabId),
    (since) => void showBadge(tabId, since),
    () => void endRecording('too-long'),
  )
  const presence = createPresence(() => recording.on)
  const absence = createAbsence(async () => {
    panelsGone(await recorder)
    bridges.setModes()
    update()
  })
  /** Somebody wants to know what happens in the tab. */
  const wanted = () => panels.size > 0 || recording.on || absence.on
  /** What is traced and observed follows from that. */
  const update = () => {
    tracer.update()
    network.set(wanted())
  }

  const begin = async (): Promise<Recorder> => {
    const handed = await before
    const recorded = (events: readonly SessionEvent[]) => {
      panels.send(events)
      for (const { at, body } of events) if (isAbort(body)) tracer.aborted(at)
      starts.recorded(events)
      coldStarts.recorded()
      heldStarts.recorded(events)
      aborts.recorded(events)
      network.recorded(events)
      endings.recorded(events)
    }
    const made = await createRecorder(tabId, store, recorded, {
      begun: handed?.events,
      recovered: () => void recovered(),
    })
    const ends = openEnds(made.journal.events)
    const { events } = made.journal
    const at = events.at(-1)?.at ?? now()
    for (const body of interruption(events)) {
      void made.note(body.type === 'tracer' ? 'panel' : 'worker', body, { at })
    }
    presence.restore(ends)
    tracer.restore(ends.cancelled)
    void endings.restore(made)
    if (handed?.recording) await recording.resume(handed.recording)
    else await recording.recover()
    if (handed) {
      const noted = made.note('page', { type: 'tab-replaced', discarded: handed.discarded })
      void noted.then(handed.safe)
    }
    // It was stopped between the one and the other.
    if (recording.on && !ends.recorded) made.note('panel', { type: 'recording-started' })
    if (!recording.on && ends.recorded) presence.recordingLost(made)
    bridges.expect(ends.documents)
    heldStarts.restore(events)
    network.restore(events)
    if (handed) update()
    else network.set(wanted())
    return made
  }
  const recorder = begin()

  const bridges = createTabBridges({
    recorder,
    looking: () => panels.anyVisible || recording.on || absence.on,
    watching: () => presence.watching,
    settled(made) {
      if (!wanted()) bridges.leave()
      else if (panels.size === 0 && !absence.on) {
        panelsGone(made)
        update()
      }
    },
    reporting() {
      if (recording.tooOld) void endRecording('too-long')
    },
    announcesNewFetches: (storageKey) => tracer.announcesNewFetches(storageKey),
    namedUrls: (storageKey) => tracer.namedUrls(storageKey),
    joined: () => tracer.pagesChanged(),
    shows: (document) => showsDocument(tabId, document),
    stopWorkers: (storageKey, scope) => coldStarts.stop(storageKey, scope),
  })

  const note = async (...args: Parameters<Recorder['note']>) => (await recorder).note(...args)

  const noteUnreached = (unreached: Unreached | undefined) => {
    if (!unreached) return
    const { reason, url, detail } = unreached
    void note('page', {
      type: 'unreachable',
      reason,
      url: url.slice(0, MAX_TEXT),
      detail: detail.slice(0, 1000),
    })
  }

  const reachPages = async () => noteUnreached(await injectEverywhere(tabId))

  const tracer = createTabTracer(tabId, {
    bridges,
    recording,
    note: (...args) => void note(...args),
    attached: () => panels.size > 0,
    anyTracing: () => panels.anyTracing,
    pauseOn: () => panels.pauseOn,
    returning: () => absence.on,
  })

  const coldStarts = createColdStarts(
    async () => (await recorder).journal,
    (worker) => tracer.stopRun(worker),
  )
  const starts = createStarts(tracer.thrownSince, bridges.permission, (body) => void note('page', body))

  const network = createNetworkRequests({
    observer: requestObserver,
    records: bridges.records,
    report: (body, at) => void note('network', body, { at }),
    now,
  })

  const heldStarts = createHeldStarts(tabId, browserLoads, (body) => void note('panel', body))

  /** A fetch has the same name in a window and in an incognito one, and is another. */
  const nameHere = async (name: string) => JSON.stringify([await isIncognito(tabId), name])
  const aborts = createAborts({
    covered: tracer.callsCovered,
    async byThisPanel(name, askedAt, answeredAt) {
      panelAborts.add({ tabId, name: await nameHere(name), askedAt, answeredAt })
    },
    byOtherPanel: async (name, settledAt) => panelAborts.byOther(tabId, await nameHere(name), settledAt),
    report: (body) => void note('page', body),
  })

  const series = createAbortSeriesSteps(recorder, bridges.abort)

  const endings = createForcedEndings({
    recorder,
    limitRoom: tracer.limitRoom,
    leftBehindReverted: leftBehindEnded,
  })

  const panelsGone = (made: Recorder) => {
    void endings.revertAll('panel-gone')
    const leave = () => {
      if (presence.panelsGone(made)) bridges.leave()
    }
    const stopped = series.panelGone(made)
    if (!stopped) return leave()
    // A page that has left aborts nothing. A panel may have come meanwhile.
    void stopped.then(() => {
      if (panels.size === 0) leave()
    })
  }

  const endRecording = async (why: RecordingEnd, command?: string) => {
    const made = await recorder
    if (!recording.on) return false
    const safe = recording.finish(made.journal.events, why)
    const watched = panels.size > 0 || absence.on
    const noted = made.note('panel', { type: 'recording-ended', why, watched, command })
    if (!watched) {
      presence.end()
      bridges.leave()
    }
    bridges.setModes()
    update()
    await Promise.allSettled([safe, noted])
    return true
  }

  /** The disk, which failed, works again: it may say that the tab was recorded. */
  const recovered = async () => {
    const made = await recorder
    await recordings.flush()
    if (recording.on) return
    await recording.recover()
    if (recording.on) made.note('panel', { type: 'recording-started' })
  }

  const panels = createPanels({
    async missing(have, give) {
      give((await recorder).journal.since(have))
    },
    async changed(fresh) {
      const made = await recorder
      if (panels.size > 0) {
        const back = absence.end()
        // The panel that ran the series was loaded anew.
        if (fresh) void series.panelGone(made)
        presence.panelAttached(made, back || !(fresh && panels.size === 1))
        // A page that is paused in the debugger takes it when it goes on: nothing else waits for that.
        void reachPages()
      } else if (presence.watching) absence.begin()
      bridges.setModes()
      update()
    },
    ...createPanelCommands({
      recorder,
      bridges,
      tracer,
      recording,
      recordings,
      noteSeries: series.note,
      endings,
      isIncognito: () => isIncognito(tabId),
      anyTracing: () => panels.anyTracing,
      reachPages,
      endRecording,
    }),
  })

  return {
    acceptPanel: panels.accept,
    acceptBridge: bridges.accept,
    async committed(frameId, url, reload) {
      await recorder
      if (recording.tooOld) await endRecording('too-long')
      tracer.frameChanged()
      if (!wanted()) return
      if (frameId === 0 && recording.on) recording.show()
      if (frameId === 0) void note('page', { type: 'navigated', url: url.slice(0, MAX_TEXT), reload })
      void injectFrame(tabId, frameId).then(noteUnreached)
      if (frameId === 0) tracer.navigated()
    },
    async accessChanged() {
      await recorder
      if (wanted()) await reachPages()
    },
    endRecording,
    async closed() {
      absence.end()
      heldStarts.stop()
      network.set(false)
      await endings.revertAll('page-gone')
      await endRecording('tab-closed')
      await (await recorder).stop()
    },
    async handOver() {
      const { journal, stop } = await recorder
      absence.end()
      heldStarts.stop()
      network.set(false)
      await endings.revertAll('page-gone')
      const released = recording.release()
      const events = [...journal.events]
      panels.dismiss()
      tracer.off()
      await stop()
      return { events, recording: released }
    },
  }
}
