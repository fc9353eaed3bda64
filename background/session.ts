import type { Handle } from '../protocol/handle'
import { now } from '../wire/clock'
import type { PortLike } from '../wire/port-rpc'
import { acceptBridge, type Bridge, bridgeOf } from './bridges'
import { injectEverywhere, injectFrame, type Unreached } from './injector'
import { createPanels } from './panels'
import { createRecorder, type Recorder } from './recorder'
import type { Store } from './store'
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
}

/** Documents that were watched when the journal was last written, and whether the tab was being watched. */
function openEnds(recorder: Recorder): { watching: boolean; documents: Map<string, string | null> } {
  let watching = false
  const documents = new Map<string, string | null>()
  for (const { body, document, storageKey } of recorder.journal.events) {
    if (body.type === 'watch-started') watching = true
    if (body.type === 'watch-stopped') watching = false
    if (!document) continue
    if (body.type === 'frame-gone') documents.delete(document)
    else documents.set(document, storageKey)
  }
  return { watching, documents }
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
export function createSession(tabId: number, store: Store): Session {
  const bridges = new Set<Bridge>()
  const commands = new Map<string, { handle: Handle; bridge: Bridge }>()
  let returned = (): void => {}
  let watching = false

  const recorder = createRecorder(tabId, store, (events) => panels.send(events)).then((made) => {
    const before = openEnds(made)
    watching = before.watching
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
      void bridge.rpc.orders.asEvent({ lead, look: panels.anyVisible }).catch(() => {})
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
      void note(source, body, at === undefined ? {} : { at })
    },
    (detail) => void note('worker', { type: 'refused', detail }),
  )

  const panels = createPanels({
    async missing(have, give) {
      give((await recorder).journal.since(have))
    },
    async changed(fresh) {
      const made = await recorder
      if (panels.size > 0 && (!watching || (fresh && panels.size === 1))) {
        // A panel that starts anew found a journal that still says "watching": nobody was there to end it.
        if (watching)
          made.note('panel', { type: 'watch-stopped' }, { at: made.journal.events.at(-1)?.at ?? now() })
        made.note('panel', { type: 'watch-started' })
        watching = true
      }
      if (panels.size > 0) noteUnreached(await injectEverywhere(tabId))
      else if (watching) {
        watching = false
        made.note('panel', { type: 'watch-stopped' })
        leaveAll()
      }
      giveOrders()
      tracer.set(panels.anyTracing)
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
  })

  return {
    acceptPanel: panels.accept,
    acceptBridge(port, document) {
      acceptBridge(port, document, {
        joined(bridge) {
          bridges.add(bridge)
          returned()
          giveOrders()
          setTimeout(() => {
            if (panels.size === 0) leaveAll()
          }, RETURN_GRACE)
        },
        async reported(bridge, reports, refused) {
          const made = await recorder
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
      if (panels.size === 0) return
      if (frameId === 0) void note('page', { type: 'navigated', url: url.slice(0, 16_384), reload })
      noteUnreached(await injectFrame(tabId, frameId))
      if (frameId === 0) tracer.navigated()
    },
    async accessChanged() {
      if (panels.size > 0) noteUnreached(await injectEverywhere(tabId))
    },
  }
}
