import type { KeepEnd } from '../protocol/kept'
import { now } from '../wire/clock'
import type { PortLike } from '../wire/port-rpc'
import { showBadge } from './badge'
import { isIncognito } from './incognito'
import { injectEverywhere, injectFrame, type Unreached } from './injector'
import type { Keeping } from './keeping'
import { openEnds } from './open-ends'
import { createPanels } from './panels'
import { createRecorder, type Recorder } from './recorder'
import type { Store } from './store'
import { createTabBridges } from './tab-bridges'
import { createTabKeep } from './tab-keep'
import { interruption } from './tracer/interruption'
import { createTracer } from './tracer/tracer'

export interface Session {
  acceptPanel(port: PortLike): void
  acceptBridge(port: PortLike, document: string, origin?: string): void
  /** A new document was committed in one of the tab's frames. */
  committed(frameId: number, url: string, reload: boolean): void
  /** Access to hosts was granted or taken away. */
  accessChanged(): void
  /** Records the tab no longer than a panel is there; resolves when what was recorded is safe. */
  endKeep(why: KeepEnd): Promise<void>
  /** The tab is gone; resolves when nothing is written about it any more. */
  closed(): Promise<void>
}

/** All that is known and done about one inspected tab: its panels, its bridges and its journal. */
export function createSession(tabId: number, store: Store, keeping: Keeping): Session {
  let watching = false
  let attended = false
  let cancelled = false

  const keep = createTabKeep(
    tabId,
    keeping,
    () => isIncognito(tabId),
    (since) => void showBadge(tabId, since),
    () => void endKeep('too-long'),
  )
  /** Somebody wants to know what happens in the tab. */
  const wanted = () => panels.size > 0 || keep.on

  const recorder = createRecorder(tabId, store, (events) => panels.send(events)).then(async (made) => {
    const before = openEnds(made.journal.events)
    const { events } = made.journal
    const at = events.at(-1)?.at ?? now()
    for (const body of interruption(events)) {
      made.note(body.type === 'tracer' ? 'panel' : 'worker', body, { at })
    }
    watching = before.watching
    attended = before.attended
    await keep.recover()
    // It was stopped between the one and the other.
    if (keep.on && !before.kept) made.note('panel', { type: 'keep-started' })
    if (!keep.on && before.kept) {
      made.note('panel', { type: 'keep-ended', why: 'switched-off', watched: attended })
      watching = attended
    }
    bridges.expect(before.documents)
    return made
  })

  const bridges = createTabBridges({
    recorder,
    looking: () => panels.anyVisible || keep.on,
    watching: () => watching,
    settled(made) {
      if (!wanted()) bridges.leave()
      else if (panels.size === 0) {
        unattend(made)
        trace()
      }
    },
    reporting() {
      if (keep.tooOld) void endKeep('too-long')
    },
    tells: (storageKey) => tracer.tells(storageKey),
    joined: () => tracer.pagesChanged(),
  })

  const note = async (...args: Parameters<Recorder['note']>) => (await recorder).note(...args)

  const noteUnreached = (unreached: Unreached | undefined) => {
    if (unreached) void note('page', { type: 'unreachable', ...unreached })
  }

  const tracer = createTracer(tabId, {
    emit(body, at) {
      const source = body.type === 'tracer' ? 'panel' : body.type === 'storage-changed' ? 'storage' : 'worker'
      // The person's own "Cancel" in the browser's bar stands until they switch it on again.
      if (body.type === 'tracer') cancelled = body.reason === 'cancelled'
      if (cancelled) keep.setTrace(false)
      void note(source, body, at === undefined ? {} : { at })
    },
    refused: (detail) => void note('worker', { type: 'refused', detail }),
    pages: bridges.origins,
    stirred: bridges.lookNow,
    tellingChanged: bridges.giveOrders,
  })

  /** The tracer goes on without a panel, if it was on. */
  const trace = () => {
    if (panels.size > 0 && !cancelled) keep.setTrace(panels.anyTracing)
    tracer.set(panels.size > 0 ? panels.anyTracing : keep.trace)
  }

  const attend = (made: Recorder, fresh: boolean) => {
    if (attended && !(fresh && panels.size === 1)) return
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

  const endKeep = async (why: KeepEnd) => {
    const made = await recorder
    if (!keep.on) return
    const safe = keep.finish(made.journal.events, why)
    const watched = panels.size > 0
    const told = made.note('panel', { type: 'keep-ended', why, watched })
    if (!watched) {
      watching = attended = false
      bridges.leave()
    }
    bridges.giveOrders()
    trace()
    await Promise.allSettled([safe, told])
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
      } else unattend(made)
      bridges.giveOrders()
      trace()
    },
    async traceAgain() {
      await recorder
      cancelled = false
      trace()
      tracer.again()
    },
    async stopWorker(worker) {
      try {
        await tracer.stopWorker(worker)
        return ''
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    },
    abort: bridges.abort,
    records: bridges.records,
    async clear() {
      ;(await recorder).clear()
    },
    async retry() {
      noteUnreached(await injectEverywhere(tabId))
    },
    async setKeep(on) {
      const made = await recorder
      if (on === keep.on) return
      if (!on) return endKeep('switched-off')
      const safe = keep.start(panels.anyTracing)
      const told = made.note('panel', { type: 'keep-started' })
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
      if (frameId === 0) void note('page', { type: 'navigated', url: url.slice(0, 16_384), reload })
      void injectFrame(tabId, frameId).then(noteUnreached)
      if (frameId === 0) tracer.navigated()
    },
    async accessChanged() {
      await recorder
      if (wanted()) noteUnreached(await injectEverywhere(tabId))
    },
    endKeep,
    async closed() {
      await endKeep('tab-closed')
      await (await recorder).stop()
    },
  }
}
