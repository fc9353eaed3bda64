import type { StorageChanged } from '../../protocol/storage-events'
import type { PageError, TracerState, WorkerBody } from '../../protocol/worker-events'
import { now } from '../../wire/clock'
import { createPageCalls } from './calls/page-calls'
import { createWorkerCoverage } from './calls/worker-coverage'
import { attachTo, type Debuggee } from './debuggee'
import { attachFailure, detachFailure } from './failure'
import { createPageErrors } from './page-errors'
import { problemOf, TracerError } from './problem'
import { short } from './remote'
import { runName, targetOf } from './run-name'
import { createSites } from './sites'
import { storageChange, touchedOrigin } from './storage-change'
import { markOf } from './worker/marks'
import { createWorkerRun, type WorkerRun } from './worker/worker-run'

interface TargetInfo {
  readonly targetId: string
  readonly type: string
  readonly url: string
}

interface Target {
  readonly info: TargetInfo
  readonly run: WorkerRun
  /** The panel asked for its end. */
  asked: boolean
  /** The run makes no calls any more. */
  over(): void
}

/** What the tracer needs to know of the tab, and to whom it reports what. */
export interface TracerNeeds {
  /** Gets what the workers did. */
  emit(body: WorkerBody | StorageChanged, at?: number): void
  /** Called with rubbish that a worker sent. */
  refused(detail: string): void
  /** Origins of the tab's pages. */
  pages(): Iterable<string>
  /** A background fetch of this origin has just begun, or has a response more. */
  backgroundFetchTouched(origin: string): void
  /** `announcesNewFetches()` or `namedUrls()` answers otherwise for some origin. */
  answersChanged(): void
}

export interface Tracer {
  /** Attaches to the tab, or detaches from it. Says what became of it as an event. */
  set(on: boolean): void
  /** Stops the worker; its next event starts it cold. Rejects when the run is not known any more. */
  stopWorker(worker: string): Promise<void>
  /** A person asks for another try after a failure. */
  again(): void
  /** The tab shows another document: what failed because of the last one may work now. */
  navigated(): void
  /** There are pages of other origins now. */
  pagesChanged(): void
  /** `touched()` is called at once for each new background fetch of this origin. */
  announcesNewFetches(origin: string): boolean
  /** URLs of an origin that the scripts of its workers name: its caches may hold them. */
  namedUrls(origin: string): readonly string[]
  /** A fetch of the tab was aborted at this moment: what its page throws now may come of it. */
  aborted(at: number): void
  /** One of the tab's frames shows another document. */
  frameChanged(): void
  /**
   * Whether each call of `abort()` by a script of this origin's pages in the tab and of its workers was reported in this time, up to
   * now; times are in epoch milliseconds.
   */
  callsCovered(origin: string, from: number, to: number): Promise<boolean>
  /** What the tab's page has thrown since then, and nobody caught; nothing where that can't be read. */
  thrownSince(at: number): Promise<readonly PageError[]>
}
/** How many URLs are remembered that the scripts of an origin's workers name. */
const MAX_NAMED = 300
/** How long a worker may take to answer when it is dropped, in milliseconds. */
const PATIENCE = 1000

const AUTO_ATTACH = {
  autoAttach: true,
  waitForDebuggerOnStart: true,
  flatten: true,
  filter: [{ type: 'service_worker', exclude: false }],
}

/** Traces the service workers of a tab through `chrome.debugger`. */
export function createTracer(tabId: number, needs: TracerNeeds): Tracer {
  const { emit, refused } = needs
  const targets = new Map<string, Target>()
  /** Runs of a tracer before this one may have been of the same targets. */
  const name = crypto.randomUUID().slice(0, 8)
  let wanted = false
  let debuggee: Debuggee | undefined
  let failed: TracerState['reason'] = ''
  let runs = 0
  let busy: Promise<void> = Promise.resolve()

  const sites = createSites(
    async (method, params) => {
      if (!debuggee) throw new TracerError('tracer-off')
      await debuggee.send(method, params)
    },
    needs.pages,
    needs.answersChanged,
  )

  const pageErrors = createPageErrors(async (method) => {
    if (!debuggee) throw new TracerError('tracer-off')
    await debuggee.send(method)
  }, emit)

  const pageCalls = createPageCalls(
    async (method, params) => {
      if (!debuggee) throw new TracerError('tracer-off')
      return debuggee.send(method, params)
    },
    ({ method, id, origin, frames: [location = null, ...callers] }) =>
      emit({ type: 'page-call', method, id, origin: short(origin), location, callers }),
  )

  const coverage = createWorkerCoverage(now)

  const report = (state: TracerState['state'], reason: TracerState['reason'] = '', detail = '') => {
    failed = state === 'failed' ? reason : ''
    emit({ type: 'tracer', state, reason, detail })
  }

  /** By origin. */
  const named = new Map<string, Set<string>>()
  const addNamed = (origin: string, urls: readonly string[]) => {
    const known = named.get(origin) ?? new Set()
    const before = known.size
    for (const url of urls) if (known.size < MAX_NAMED) known.add(url)
    named.set(origin, known)
    if (known.size > before) needs.answersChanged()
  }

  const newRun = (session: string, info: TargetInfo): WorkerRun =>
    createWorkerRun(
      runName(name, ++runs, info.targetId),
      short(info.url),
      markOf(info.targetId),
      (method, params) => {
        if (!debuggee) return Promise.reject(new TracerError('tracer-off'))
        return debuggee.send(method, params, session)
      },
      emit,
      refused,
      (urls) => addNamed(new URL(info.url).origin, urls),
    )

  const install = async (session: string, target: Target, paused: boolean) => {
    const { run, info } = target
    const how = paused ? 'started' : 'running'
    // Whatever was sent before is done before, also where the worker answers only after it has gone on: one that is
    // registered for the first time does.
    const resume = () => {
      if (paused) void debuggee?.send('Runtime.runIfWaitingForDebugger', {}, session).catch(() => {})
    }
    try {
      await run.install(how, resume)
    } catch (error) {
      if (target.run === run && targets.get(session) === target) {
        const { reason, detail } = problemOf(error)
        const worker = `worker-${name}-${info.targetId}`
        emit({ type: 'worker-untraced', worker, url: short(info.url), reason, detail: short(detail) })
      }
    }
  }

  /**
   * Drops a worker that stopped. A worker that starts again in a session that is there already is not
   * paused, and its script may run before the probe; in a new session it is.
   */
  const expectAgain = async (session: string) => {
    await debuggee?.send('Target.detachFromTarget', { sessionId: session }).catch(() => {})
    await debuggee?.send('Target.setAutoAttach', AUTO_ATTACH).catch(() => {})
  }

  const onEvent = (method: string, params: Record<string, unknown>, session: string | undefined) => {
    if (method === 'Target.attachedToTarget') {
      const { sessionId, targetInfo, waitingForDebugger } = params as {
        sessionId: string
        targetInfo: TargetInfo
        waitingForDebugger: boolean
      }
      if (targetInfo.type !== 'service_worker') return
      const { origin } = new URL(targetInfo.url)
      const run = newRun(sessionId, targetInfo)
      const over = coverage.began(origin, () => run.callsWatchedSince)
      const target = { info: targetInfo, run, asked: false, over }
      targets.set(sessionId, target)
      sites.trace(origin)
      void install(sessionId, target, waitingForDebugger)
      return
    }
    if (method === 'Target.detachedFromTarget') {
      const gone = String(params.sessionId)
      targets.get(gone)?.run.end('gone')
      targets.get(gone)?.over()
      targets.delete(gone)
      return
    }
    if (session === undefined) {
      if (pageCalls.event(method, params)) return
      if (method.startsWith('Runtime.')) return pageErrors.event(method, params)
      const origin = touchedOrigin(method, params)
      if (origin !== null) return needs.backgroundFetchTouched(origin)
      const change = storageChange(method, params)
      if (change) sites.confirm(change, () => emit(change))
      return
    }
    const target = targets.get(session)
    if (!target) return
    if (method === 'Inspector.targetCrashed') {
      targets.delete(session)
      target.over()
      // Who reads that it has stopped may abort at once: by then its next start must not slip past.
      target.run.end(target.asked ? 'asked' : 'stopped', expectAgain(session))
    } else target.run.event(method, params)
  }

  const endAll = () => {
    for (const { run } of targets.values()) run.end('untraced')
    targets.clear()
    pageErrors.end()
    pageCalls.end()
    coverage.forget()
    sites.forget()
    named.clear()
  }

  const attach = async () => {
    try {
      const attached = await attachTo(tabId, {
        event: onEvent,
        detached(reason) {
          debuggee = undefined
          endAll()
          const failure = detachFailure(reason)
          report('failed', failure.reason, failure.detail)
        },
      })
      debuggee = attached
      await attached.send('Target.setAutoAttach', AUTO_ATTACH)
      // Not before: a worker that starts meanwhile is not paused.
      if (debuggee !== attached) return
      report('on')
      sites.askForPages()
      pageCalls.begin()
    } catch (error) {
      const attached = debuggee
      debuggee = undefined
      endAll()
      await attached?.detach().catch(() => {})
      const failure = attachFailure(error)
      report('failed', failure.reason, failure.detail)
    }
  }

  const detach = async () => {
    const attached = debuggee
    if (!attached) return
    const undone = Promise.allSettled([...targets.values()].map(({ run }) => run.undo()))
    // A worker that is busy answers later or never; its probe leaves by itself when it hears nothing more.
    await Promise.race([undone, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
    endAll()
    debuggee = undefined
    await attached.detach().catch(() => {})
    report('off')
  }

  const settle = () => {
    busy = busy.then(async () => {
      if (wanted && !debuggee) await attach()
      else if (!wanted && debuggee) await detach()
    })
  }

  return {
    set(on) {
      if (on === wanted) return
      wanted = on
      settle()
    },
    async stopWorker(worker) {
      const found = [...targets.values()].find(({ info }) => targetOf(worker) === info.targetId)
      if (!found || !debuggee) throw new TracerError('not-traced')
      found.asked = true
      await debuggee.send('Target.closeTarget', { targetId: found.info.targetId })
    },
    again() {
      if (wanted && !debuggee) settle()
    },
    navigated() {
      pageCalls.navigated()
      // The person's own "Cancel" stands until they switch it on again.
      if (wanted && !debuggee && failed !== 'cancelled') settle()
    },
    pagesChanged() {
      if (debuggee) sites.askForPages()
    },
    announcesNewFetches: sites.announcesNewFetches,
    namedUrls: (origin) => [...(named.get(origin) ?? [])],
    frameChanged: pageCalls.frameChanged,
    callsCovered: async (origin, from, to) =>
      coverage.covers(origin, from, to) && (await pageCalls.covers(origin, from)),
    thrownSince: async (at) => (debuggee ? pageErrors.since(at) : []),
    aborted(at) {
      if (debuggee) pageErrors.aborted(at)
    },
  }
}
