import type { SessionEvent } from '../../protocol/events'
import { MAX_TEXT } from '../../protocol/page-events'
import type { RecordingEnd } from '../../protocol/recordings'
import { now } from '../../wire/clock'
import type { PortLike } from '../../wire/port-rpc'
import { showsDocument } from '../bridges/documents'
import { injectEverywhere, injectFrame, type Unreached } from '../bridges/injector'
import { createTabBridges } from '../bridges/tab-bridges'
import { isIncognito } from '../recording/incognito'
import type { Recordings } from '../recording/recordings'
import { createTabRecording } from '../recording/tab-recording'
import type { Recording } from '../store/database'
import { createRecorder, type Recorder } from '../store/recorder'
import type { Store } from '../store/store'
import { interruption } from '../tracer/interruption'
import { problemOf } from '../tracer/problem'
import { createAbsence } from './absence'
import { showBadge } from './badge'
import { createColdStarts } from './cold-start'
import { withDownloadsAllowed } from './download-setting'
import { hasStopped, onRecord } from './on-record'
import { openEnds } from './open-ends'
import { type ClosablePort, createPanels } from './panels'
import { createStarts } from './starts'
import { createTabTracer } from './tab-tracer'

/** What a session hands on when the browser gives its tab another id. */
export interface HandedOver {
  readonly events: readonly SessionEvent[]
  /** The tab is recorded also without a panel. */
  readonly recording: Recording | undefined
  /** The tab has no page until somebody looks at it. */
  readonly discarded: boolean
  /** Called when all of it has been written down under the new id. */
  safe(): void
}

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

/** A fetch is aborted: from the panel, or as a page saw it. */
const isAbort = (body: SessionEvent['body']): boolean =>
  body.type === 'abort-requested' ||
  body.type === 'planned-abort-fired' ||
  (body.type === 'settled' && body.attributes.failureReason === 'aborted')

/**
 * All that is known and done about one inspected tab: its panels, its bridges and its journal.
 *
 * @param before what the session of the tab's id before hands on
 */
export function createSession(
  tabId: number,
  store: Store,
  recordings: Recordings,
  before?: Promise<HandedOver>,
): Session {
  let watching = false
  let panelPresent = false

  const recording = createTabRecording(
    tabId,
    recordings,
    () => isIncognito(tabId),
    (since) => void showBadge(tabId, since),
    () => void endRecording('too-long'),
  )
  const absence = createAbsence(async () => {
    panelsGone(await recorder)
    bridges.setModes()
    tracer.update()
  })
  /** Somebody wants to know what happens in the tab. */
  const wanted = () => panels.size > 0 || recording.on || absence.on

  const begin = async (): Promise<Recorder> => {
    const handed = await before
    const recorded = (events: readonly SessionEvent[]) => {
      panels.send(events)
      for (const { at, body } of events) if (isAbort(body)) tracer.aborted(at)
      starts.recorded(events)
      coldStarts.recorded()
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
    watching = ends.watching
    panelPresent = ends.panelPresent
    tracer.restore(ends.cancelled)
    if (handed?.recording) await recording.resume(handed.recording)
    else await recording.recover()
    if (handed) {
      const noted = made.note('page', { type: 'tab-replaced', discarded: handed.discarded })
      void noted.then(handed.safe)
    }
    // It was stopped between the one and the other.
    if (recording.on && !ends.recorded) made.note('panel', { type: 'keep-started' })
    if (!recording.on && ends.recorded) {
      made.note('panel', { type: 'keep-ended', why: 'switched-off', watched: panelPresent })
      watching = panelPresent
    }
    bridges.expect(ends.documents)
    if (handed) tracer.update()
    return made
  }
  const recorder = begin()

  const bridges = createTabBridges({
    recorder,
    looking: () => panels.anyVisible || recording.on || absence.on,
    watching: () => watching,
    settled(made) {
      if (!wanted()) bridges.leave()
      else if (panels.size === 0 && !absence.on) {
        panelsGone(made)
        tracer.update()
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

  const tracer = createTabTracer(tabId, {
    bridges,
    recording,
    note: (...args) => void note(...args),
    attached: () => panels.size > 0,
    anyTracing: () => panels.anyTracing,
    returning: () => absence.on,
  })

  const coldStarts = createColdStarts(
    async () => (await recorder).journal,
    (worker) => tracer.stopRun(worker),
  )
  const starts = createStarts(tracer.thrownSince, (body) => void note('page', body))

  const panelAttached = (made: Recorder, fresh: boolean) => {
    const back = absence.end()
    if (panelPresent && (back || !(fresh && panels.size === 1))) return
    // A panel that starts anew found a journal that still says "watching": nobody was there to end it.
    if (watching && !recording.on) {
      made.note('panel', { type: 'watch-stopped' }, { at: made.journal.events.at(-1)?.at ?? now() })
    }
    made.note('panel', { type: 'watch-started' })
    watching = panelPresent = true
  }

  /** The last panel is gone. */
  const panelsGone = (made: Recorder) => {
    if (!watching) return
    if (recording.on) {
      if (panelPresent) made.note('panel', { type: 'panel-left' })
      panelPresent = false
      return
    }
    watching = panelPresent = false
    made.note('panel', { type: 'watch-stopped' })
    bridges.leave()
  }

  const endRecording = async (why: RecordingEnd, command?: string) => {
    const made = await recorder
    if (!recording.on) return false
    const safe = recording.finish(made.journal.events, why)
    const watched = panels.size > 0 || absence.on
    const noted = made.note('panel', { type: 'keep-ended', why, watched, command })
    if (!watched) {
      watching = panelPresent = false
      bridges.leave()
    }
    bridges.setModes()
    tracer.update()
    await Promise.allSettled([safe, noted])
    return true
  }

  /** The disk, which failed, works again: it may say that the tab was recorded. */
  const recovered = async () => {
    const made = await recorder
    await recordings.flush()
    if (recording.on) return
    await recording.recover()
    if (recording.on) made.note('panel', { type: 'keep-started' })
  }

  const panels = createPanels({
    async missing(have, give) {
      give((await recorder).journal.since(have))
    },
    async changed(fresh) {
      const made = await recorder
      if (panels.size > 0) {
        panelAttached(made, fresh)
        // A page that is paused in the debugger takes it when it goes on: nothing else waits for that.
        void injectEverywhere(tabId).then(noteUnreached)
      } else if (watching) absence.begin()
      bridges.setModes()
      tracer.update()
    },
    async traceAgain() {
      await recorder
      tracer.again()
    },
    async stopWorker(worker) {
      const { journal } = await recorder
      if (hasStopped(journal.events, worker)) return null
      try {
        await tracer.stopRun(worker)
        return null
      } catch (error) {
        return problemOf(error)
      }
    },
    abort: bridges.abort,
    planAbort: bridges.planAbort,
    removePlannedAbort: bridges.removePlannedAbort,
    records: bridges.records,
    async askPage(storageKey, request, command) {
      const ask = () => bridges.askPage(storageKey, request, command)
      if (request.kind !== 'new-fetch' || !request.allow) return ask()
      const [origin = ''] = storageKey.split(' ')
      return withDownloadsAllowed(origin, await isIncognito(tabId), ask)
    },
    async clear(command) {
      const made = await recorder
      if (onRecord(made.journal.events, command).length === 0) await made.clear(command)
    },
    async retry() {
      noteUnreached(await injectEverywhere(tabId))
    },
    async setRecording(on, command) {
      const made = await recorder
      if (on === recording.on || onRecord(made.journal.events, command).length > 0) return
      if (!on) {
        await endRecording('switched-off', command)
        return
      }
      const safe = recording.start(panels.anyTracing)
      const noted = made.note('panel', { type: 'keep-started', command })
      bridges.setModes()
      await Promise.all([safe, noted])
    },
    savedRecordings: recordings.sessions,
    recordedEvents: recordings.page,
    removeRecordings: recordings.remove,
  })

  return {
    acceptPanel: panels.accept,
    acceptBridge: bridges.accept,
    async committed(frameId, url, reload) {
      await recorder
      if (recording.tooOld) await endRecording('too-long')
      if (!wanted()) return
      if (frameId === 0 && recording.on) recording.show()
      if (frameId === 0) void note('page', { type: 'navigated', url: url.slice(0, MAX_TEXT), reload })
      void injectFrame(tabId, frameId).then(noteUnreached)
      if (frameId === 0) tracer.navigated()
    },
    async accessChanged() {
      await recorder
      if (wanted()) noteUnreached(await injectEverywhere(tabId))
    },
    endRecording,
    async closed() {
      absence.end()
      await endRecording('tab-closed')
      await (await recorder).stop()
    },
    async handOver() {
      const { journal, stop } = await recorder
      absence.end()
      const released = recording.release()
      const events = [...journal.events]
      panels.dismiss()
      tracer.off()
      await stop()
      return { events, recording: released }
    },
  }
}
