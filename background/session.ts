import type { Handle } from '../protocol/handle'
import type { KeepEnd } from '../protocol/kept'
import { now } from '../wire/clock'
import type { PortLike } from '../wire/port-rpc'
import { showBadge } from './badge'
import { acceptBridge, type Bridge, bridgeOf } from './bridges'
import { isIncognito } from './incognito'
import { injectEverywhere, injectFrame, type Unreached } from './injector'
import type { Keeping } from './keeping'
import { openEnds } from './open-ends'
import { createPanels } from './panels'
import { createRecorder, type Recorder } from './recorder'
import type { Store } from './store'
import { createTabKeep } from './tab-keep'
import { createTracer } from './tracer/tracer'

/** How long an end that was connected before a restart of the worker gets to come back, in milliseconds. */
const RETURN_GRACE = 3000

/** What a bridge reports of the storage; the rest is of the page. */
const STORAGE: ReadonlySet<string> = new Set(['stock', 'fates', 'storage-known'])

export interface Session {
  acceptPanel(port: PortLike): void
  acceptBridge(port: PortLike, document: string): void
  /** A new document was committed in one of the tab's frames. */
  committed(frameId: number, url: string, reload: boolean): void
  /** Access to hosts was granted or taken away. */
  accessChanged(): void
  /** Records the tab no longer than a panel is there; resolves when what was recorded is safe. */
  endKeep(why: KeepEnd): Promise<void>
  /** The tab is gone; resolves when nothing is written about it any more. */
  closed(): Promise<void>
}

/** How far a command got that the panel gave before, to a background that was stopped since. */
function knownOf({ journal }: Recorder, command: string): { asked: boolean; answered: boolean } {
  const about = journal.events.filter(({ body }) => 'command' in body && body.command === command)
  return {
    asked: about.length > 0,
    answered: about.some(({ body }) => body.type === 'abort-answered'),
  }
}

/** All that is known and done about one inspected tab: its panels, its bridges and its journal. */
export function createSession(tabId: number, store: Store, keeping: Keeping): Session {
  const bridges = new Set<Bridge>()
  const commands = new Map<string, { handle: Handle; bridge: Bridge }>()
  let returned = (): void => {}
  let watching = false
  let attended = false

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
    watching = before.watching
    attended = before.attended
    await keep.recover()
    // It was stopped between the one and the other.
    if (keep.on && !before.kept) made.note('panel', { type: 'keep-started' })
    if (!keep.on && before.kept) {
      made.note('panel', { type: 'keep-ended', why: 'switched-off', watched: attended })
      watching = attended
    }
    if (before.documents.size > 0) {
      setTimeout(() => {
        for (const bridge of bridges) before.documents.delete(bridge.document)
        for (const [document, storageKey] of before.documents) frameGone(made, document, storageKey)
      }, RETURN_GRACE)
    }
    return made
  })

  const frameGone = (made: Recorder, document: string, storageKey: string | null) => {
    const unwatched = ![...bridges].some((bridge) => bridge.storageKey === storageKey)
    made.note('page', { type: 'frame-gone', unwatched }, { document, storageKey })
  }

  /** One bridge looks for each storage key: the others would only see the same once more. */
  const giveOrders = () => {
    const taken = new Set<string>()
    for (const bridge of bridges) {
      const lead = !taken.has(bridge.storageKey)
      taken.add(bridge.storageKey)
      void bridge.rpc.orders.asEvent({ lead, look: panels.anyVisible || keep.on }).catch(() => {})
    }
  }

  const note = async (...args: Parameters<Recorder['note']>) => (await recorder).note(...args)

  const noteUnreached = (unreached: Unreached | undefined) => {
    if (unreached) void note('page', { type: 'unreachable', ...unreached })
  }

  const leaveAll = () => {
    for (const bridge of bridges) void bridge.rpc.leave.asEvent().catch(() => {})
  }

  const pageGone = (handle: Handle, command: string, bridge: Bridge | undefined, detail: string) =>
    note(
      'page',
      { type: 'abort-answered', handle, command, outcome: { kind: 'page-gone', detail } },
      { document: bridge?.document ?? null, storageKey: bridge?.storageKey ?? null },
    )

  const reachBridge = async (handle: Handle): Promise<Bridge | undefined> => {
    const found = bridgeOf(bridges, handle)
    if (found) return found
    // After a restart the bridges come back by themselves, a moment later.
    await new Promise<void>((resolve) => {
      returned = resolve
      setTimeout(resolve, 1000)
    })
    return bridgeOf(bridges, handle)
  }

  const tracer = createTracer(
    tabId,
    (body, at) => {
      const source = body.type === 'tracer' ? 'panel' : body.type === 'storage-changed' ? 'storage' : 'worker'
      // The person's own "Cancel" in the browser's bar stands.
      if (body.type === 'tracer' && body.reason === 'cancelled') keep.setTrace(false)
      void note(source, body, at === undefined ? {} : { at })
    },
    (detail) => void note('worker', { type: 'refused', detail }),
  )

  /** The tracer goes on without a panel, if it was on. */
  const trace = () => {
    if (panels.size > 0) keep.setTrace(panels.anyTracing)
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
    leaveAll()
  }

  const endKeep = async (why: KeepEnd) => {
    const made = await recorder
    if (!keep.on) return
    const safe = keep.finish(made.journal.events, why)
    const watched = panels.size > 0
    const told = made.note('panel', { type: 'keep-ended', why, watched })
    if (!watched) {
      watching = attended = false
      leaveAll()
    }
    giveOrders()
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
      giveOrders()
      trace()
    },
    async traceAgain() {
      await recorder
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
    async abort(handle, command) {
      const made = await recorder
      const { asked, answered } = knownOf(made, command)
      if (answered) return
      const safe = asked
        ? Promise.resolve()
        : made.note('panel', { type: 'abort-requested', handle, command })
      const bridge = await reachBridge(handle)
      if (bridge) {
        commands.set(command, { handle, bridge })
        await bridge.rpc.abort.asEvent(handle, command)
      } else {
        await pageGone(handle, command, undefined, 'The page that showed this fetch is gone.')
      }
      await safe
    },
    async records(handle, offset, limit) {
      const bridge = await reachBridge(handle)
      if (!bridge) return { ok: false, reason: 'page-gone' }
      return bridge.rpc.records(handle, offset, limit)
    },
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
      giveOrders()
      await Promise.all([safe, told])
    },
    keptSessions: keeping.sessions,
    keptEvents: keeping.page,
    removeKept: keeping.remove,
  })

  return {
    acceptPanel: panels.accept,
    acceptBridge(port, document) {
      acceptBridge(port, document, {
        joined(bridge) {
          bridges.add(bridge)
          returned()
          // Whether the tab is kept is known only then.
          void recorder.then((made) => {
            giveOrders()
            setTimeout(() => {
              if (!wanted()) leaveAll()
              else if (panels.size === 0) {
                unattend(made)
                trace()
              }
            }, RETURN_GRACE)
          })
        },
        async reported(bridge, reports, refused) {
          const made = await recorder
          if (keep.tooOld) void endKeep('too-long')
          const { producer, document, storageKey } = bridge
          for (const { body } of reports) if (body.type === 'abort-answered') commands.delete(body.command)
          const saved = made.record(
            reports.map((report) => {
              const source = STORAGE.has(report.body.type) ? 'storage' : 'page'
              return { ...report, producer, source, document, storageKey }
            }),
          )
          if (refused) made.note('page', { type: 'refused', detail: refused }, { document, storageKey })
          await saved
        },
        async left(bridge) {
          bridges.delete(bridge)
          const made = await recorder
          for (const [command, pending] of commands) {
            if (pending.bridge !== bridge) continue
            commands.delete(command)
            void pageGone(pending.handle, command, bridge, 'The page went away before abort() answered.')
          }
          if (watching) frameGone(made, bridge.document, bridge.storageKey)
          giveOrders()
        },
      })
    },
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
