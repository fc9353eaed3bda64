import type { SessionEvent } from '../protocol/events'
import type { KeepEnd } from '../protocol/kept'
import { MAX_TEXT } from '../protocol/page-events'
import { now } from '../wire/clock'
import type { PortLike } from '../wire/port-rpc'
import { createAbsence } from './absence'
import { showBadge } from './badge'
import type { Keep } from './database'
import { showsDocument } from './documents'
import { isIncognito } from './incognito'
import { injectEverywhere, injectFrame, type Unreached } from './injector'
import type { Keeping } from './keeping'
import { hasStopped, onRecord } from './on-record'
import { openEnds } from './open-ends'
import { type ClosablePort, createPanels } from './panels'
import { createRecorder, type Recorder } from './recorder'
import { createRefusals } from './refusals'
import type { Store } from './store'
import { createTabBridges, RETURN_GRACE } from './tab-bridges'
import { createTabKeep } from './tab-keep'
import { interruption } from './tracer/interruption'
import { problemOf } from './tracer/problem'
import { createTracer } from './tracer/tracer'
import { createWaiting } from './waiting'

/** What a session hands on when the browser gives its tab another id. */
export interface HandedOver {
  readonly events: readonly SessionEvent[]
  /** The tab is recorded also without a panel. */
  readonly keep: Keep | undefined
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
  endKeep(why: KeepEnd): Promise<boolean>
  /** The tab is gone; resolves when nothing is written about it any more. */
  closed(): Promise<void>
  /** The tab has another id now: ends this session, and gives what the next one goes on with. */
  handOver(): Promise<Pick<HandedOver, 'events' | 'keep'>>
}

/** The worker that a run is one of; see the names that the tracer gives. */
const targetOf = (run: string) => run.replace(/^worker-[^-]*-\d+-/, '')

/**
 * All that is known and done about one inspected tab: its panels, its bridges and its journal.
 *
 * @param before what the session of the tab's id before hands on
 */
export function createSession(
  tabId: number,
  store: Store,
  keeping: Keeping,
  before?: Promise<HandedOver>,
): Session {
  let watching = false
  let attended = false
  let cancelled = false
  /** Tracing goes on while the panel may be coming back. */
  let traced = false

  const keep = createTabKeep(
    tabId,
    keeping,
    () => isIncognito(tabId),
    (since) => void showBadge(tabId, since),
    () => void endKeep('too-long'),
  )
  const absence = createAbsence(async () => {
    unattend(await recorder)
    bridges.giveOrders()
    trace()
  })
  /** Somebody wants to know what happens in the tab. */
  const wanted = () => panels.size > 0 || keep.on || absence.on

  const begin = async (): Promise<Recorder> => {
    const handed = await before
    const made = await createRecorder(tabId, store, (events) => panels.send(events), {
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
    attended = ends.attended
    cancelled = ends.cancelled
    if (handed?.keep) await keep.resume(handed.keep)
    else await keep.recover()
    if (handed) {
      const noted = made.note('page', { type: 'tab-replaced', discarded: handed.discarded })
      void noted.then(handed.safe)
    }
    // It was stopped between the one and the other.
    if (keep.on && !ends.kept) made.note('panel', { type: 'keep-started' })
    if (!keep.on && ends.kept) {
      made.note('panel', { type: 'keep-ended', why: 'switched-off', watched: attended })
      watching = attended
    }
    bridges.expect(ends.documents)
    if (handed) trace()
    return made
  }
  const recorder = begin()

  const bridges = createTabBridges({
    recorder,
    looking: () => panels.anyVisible || keep.on || absence.on,
    watching: () => watching,
    settled(made) {
      if (!wanted()) bridges.leave()
      else if (panels.size === 0 && !absence.on) {
        unattend(made)
        trace()
      }
    },
    reporting() {
      if (keep.tooOld) void endKeep('too-long')
    },
    tells: (storageKey) => tracer.tells(storageKey),
    joined: () => tracer.pagesChanged(),
    shows: (document) => showsDocument(tabId, document),
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

  /** Runs of workers that this background has seen. */
  const runs = new Set<string>()
  const workers = createWaiting()

  const tracer = createTracer(tabId, {
    emit(body, at) {
      const source = body.type === 'tracer' ? 'panel' : body.type === 'storage-changed' ? 'storage' : 'worker'
      // The person's own "Cancel" in the browser's bar stands until they switch it on again.
      if (body.type === 'tracer') cancelled = body.reason === 'cancelled'
      if (cancelled) keep.setTrace(false)
      void note(source, body, at === undefined ? {} : { at })
      if (body.type !== 'worker-seen') return
      runs.add(body.worker)
      workers.changed()
    },
    refused: createRefusals<void>(
      (detail) => void note('worker', { type: 'refused', detail: detail.slice(0, 1000) }),
    ),
    pages: bridges.origins,
    stirred: bridges.lookNow,
    tellingChanged: bridges.giveOrders,
  })

  /** The tracer goes on without a panel, if it was on. */
  const trace = () => {
    if (panels.size > 0) traced = panels.anyTracing
    if (panels.size > 0 && !cancelled) keep.setTrace(traced)
    tracer.set(!cancelled && (panels.size > 0 || absence.on ? traced : keep.trace))
  }

  const attend = (made: Recorder, fresh: boolean) => {
    const back = absence.end()
    if (attended && (back || !(fresh && panels.size === 1))) return
    // A panel that starts anew found a journal that still says "watching": nobody was there to end it.
    if (watching && !keep.on) {
      made.note('panel', { type: 'watch-stopped' }, { at: made.journal.events.at(-1)?.at ?? now() })
    }
    made.note('panel', { type: 'watch-started' })
    watching = attended = true
  }

  /** The last panel is gone. */
  const unattend = (made: Recorder) => {
    if (!watching) return
    if (keep.on) {
      if (attended) made.note('panel', { type: 'panel-left' })
      attended = false
      return
    }
    watching = attended = false
    made.note('panel', { type: 'watch-stopped' })
    bridges.leave()
  }

  const endKeep = async (why: KeepEnd, command?: string) => {
    const made = await recorder
    if (!keep.on) return false
    const safe = keep.finish(made.journal.events, why)
    const watched = panels.size > 0 || absence.on
    const told = made.note('panel', { type: 'keep-ended', why, watched, command })
    if (!watched) {
      watching = attended = false
      bridges.leave()
    }
    bridges.giveOrders()
    trace()
    await Promise.allSettled([safe, told])
    return true
  }

  /** The disk, which failed, works again: it may say that the tab was recorded. */
  const recovered = async () => {
    const made = await recorder
    await keeping.flush()
    if (keep.on) return
    await keep.recover()
    if (keep.on) made.note('panel', { type: 'keep-started' })
  }

  /** Stops a run; after a restart of the background, as soon as the tracer has come to it again. */
  const stopRun = async (worker: string): Promise<void> => {
    if (!runs.has(worker)) {
      const target = targetOf(worker)
      await workers.find(() => [...runs].find((run) => targetOf(run) === target), RETURN_GRACE)
    }
    await tracer.stopWorker(worker)
  }

  const panels = createPanels({
    async missing(have, give) {
      give((await recorder).journal.since(have))
    },
    async changed(fresh) {
      const made = await recorder
      if (panels.size > 0) {
        attend(made, fresh)
        // A page that is paused in the debugger takes it when it goes on: nothing else waits for that.
        void injectEverywhere(tabId).then(noteUnreached)
      } else if (watching) absence.begin()
      bridges.giveOrders()
      trace()
    },
    async traceAgain() {
      await recorder
      cancelled = false
      tracer.again()
      trace()
    },
    async stopWorker(worker) {
      const { journal } = await recorder
      if (hasStopped(journal.events, worker)) return null
      try {
        await stopRun(worker)
        return null
      } catch (error) {
        return problemOf(error)
      }
    },
    abort: bridges.abort,
    records: bridges.records,
    async clear(command) {
      const made = await recorder
      if (onRecord(made.journal.events, command).length === 0) await made.clear(command)
    },
    async retry() {
      noteUnreached(await injectEverywhere(tabId))
    },
    async setKeep(on, command) {
      const made = await recorder
      if (on === keep.on || onRecord(made.journal.events, command).length > 0) return
      if (!on) {
        await endKeep('switched-off', command)
        return
      }
      const safe = keep.start(panels.anyTracing)
      const told = made.note('panel', { type: 'keep-started', command })
      bridges.giveOrders()
      await Promise.all([safe, told])
    },
    keptSessions: keeping.sessions,
    keptEvents: keeping.page,
    removeKept: keeping.remove,
  })

  return {
    acceptPanel: panels.accept,
    acceptBridge: bridges.accept,
    async committed(frameId, url, reload) {
      await recorder
      if (keep.tooOld) await endKeep('too-long')
      if (!wanted()) return
      if (frameId === 0 && keep.on) keep.show()
      if (frameId === 0) void note('page', { type: 'navigated', url: url.slice(0, MAX_TEXT), reload })
      void injectFrame(tabId, frameId).then(noteUnreached)
      if (frameId === 0) tracer.navigated()
    },
    async accessChanged() {
      await recorder
      if (wanted()) noteUnreached(await injectEverywhere(tabId))
    },
    endKeep,
    async closed() {
      absence.end()
      await endKeep('tab-closed')
      await (await recorder).stop()
    },
    async handOver() {
      const { journal, stop } = await recorder
      absence.end()
      const released = keep.release()
      const events = [...journal.events]
      panels.dismiss()
      tracer.set(false)
      await stop()
      return { events, keep: released }
    },
  }
}
