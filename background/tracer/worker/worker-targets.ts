import * as v from 'valibot'
import type { BackgroundFetchEventName } from '../../../protocol/event-names'
import type { SyntheticOutcome } from '../../../protocol/synthetic-events'
import type { WorkerBody } from '../../../protocol/worker-events'
import { now } from '../../../wire/clock'
import { createWorkerCoverage } from '../calls/worker-coverage'
import { problemOf, TracerError } from '../problem'
import { short } from '../remote'
import { runName, targetOf } from '../run-name'
import { markOf } from './marks'
import { createRememberedHandlers } from './pauses/remembered'
import type { WorkerRun } from './run'
import { createWorkerRun } from './worker-run'

const TargetInfo = v.object({ targetId: v.string(), type: v.string(), url: v.string() })
type TargetInfo = v.InferOutput<typeof TargetInfo>

/** https://chromedevtools.github.io/devtools-protocol/tot/Target/#event-attachedToTarget */
const Attached = v.object({
  sessionId: v.string(),
  targetInfo: TargetInfo,
  waitingForDebugger: v.boolean(),
})

interface Target {
  readonly info: TargetInfo
  readonly run: WorkerRun
  /** The panel asked for its end. */
  asked: boolean
  /** The run makes no calls any more. */
  over(): void
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Target/#method-setAutoAttach */
const AUTO_ATTACH = {
  autoAttach: true,
  waitForDebuggerOnStart: true,
  flatten: true,
  filter: [{ type: 'service_worker', exclude: false }],
}

/** Where commands go, and what comes of the workers. */
export interface WorkerTargetsNeeds {
  /** Sends a CDP command to the tab, or to a worker's session; rejects when it can't. */
  send(method: string, params?: object, session?: string): Promise<unknown>
  emit(body: WorkerBody, at?: number): void
  /** Called with rubbish that a worker sent. */
  refused(detail: string): void
  /** Called when a worker of this origin is attached to. */
  attached(origin: string): void
  /** Gets URLs of an origin that the scripts of one of its workers name. */
  named(origin: string, urls: readonly string[]): void
}

/** The service workers of a tab that the debugger is attached to. */
export interface WorkerTargets {
  /** Has the browser attach to the workers that are there and to those that start; rejects as the browser does. */
  begin(): Promise<void>
  /** Takes an event of a worker's session, or that one came or went; returns whether it was such an event. */
  event(method: string, params: Record<string, unknown>, session: string | undefined): boolean
  /** Stops a run. Rejects when it is not known any more. */
  stop(worker: string): Promise<void>
  /** Has the probe of a run dispatch an event for the fetch of an ID. Rejects when the run is not traced any more. */
  dispatch(worker: string, id: string): Promise<SyntheticOutcome>
  /**
   * Whether each call of `abort()` that a worker of the origin made in this time was reported; times are in epoch milliseconds.
   * Resolves when each of them that runs has answered, which one that is busy may never do.
   */
  callsCovered(origin: string, from: number, to: number): Promise<boolean>
  /**
   * Until when, up to this time, a worker of the origin, but for this run, may have made calls that were not reported; null where none
   * may have. Times are in epoch milliseconds.
   */
  untracedUntil(origin: string, to: number, except?: string): number | null
  /** Workers are to pause at the handlers of these events. */
  setPauseOn(names: readonly BackgroundFetchEventName[]): void
  /** Takes all probes out again; resolves when each worker has answered, which one that is busy may never do. */
  undo(): Promise<unknown>
  /** The tab is not traced any more. */
  end(): void
}

/** Traces each run of each service worker of a tab. */
export function createWorkerTargets(needs: WorkerTargetsNeeds): WorkerTargets {
  const { send, emit } = needs
  const targets = new Map<string, Target>()
  /** Runs of a tracer before this one may have been of the same targets. */
  const name = crypto.randomUUID().slice(0, 8)
  let runs = 0
  const coverage = createWorkerCoverage(now)
  /** URLs of the workers that were active in a run. Each start is a target of its own. */
  const activated = new Set<string>()
  const remembered = createRememberedHandlers()
  let pauseOn: readonly BackgroundFetchEventName[] = []
  const pauseContext = {
    remembered,
    get names() {
      return pauseOn
    },
  }

  const newRun = (worker: string, session: string, info: TargetInfo): WorkerRun =>
    createWorkerRun(
      worker,
      short(info.url),
      markOf(info.targetId),
      (method, params) => send(method, params, session),
      emit,
      needs.refused,
      (urls) => needs.named(new URL(info.url).origin, urls),
      pauseContext,
    )

  const install = async (session: string, target: Target, paused: boolean) => {
    const { run, info } = target
    const how = paused ? 'started' : 'running'
    // Whatever was sent before is done before, also where the worker answers only after it has gone on: one that is
    // registered for the first time does.
    const resume = () => {
      if (paused) void send('Runtime.runIfWaitingForDebugger', {}, session).catch(() => {})
    }
    try {
      await run.install(how, resume, paused && !activated.has(info.url))
    } catch (error) {
      if (target.run === run && targets.get(session) === target) {
        const { reason, detail } = problemOf(error)
        const worker = `worker-${name}-${info.targetId}`
        emit({ type: 'worker-untraced', worker, url: short(info.url), reason, detail: short(detail) })
      }
    }
  }

  const begin = async () => {
    await send('Target.setAutoAttach', AUTO_ATTACH)
  }

  /**
   * Drops a worker that stopped. A worker that starts again in a session that is there already is not
   * paused, and its script may run before the probe; in a new session it is.
   */
  const expectAgain = async (session: string) => {
    await send('Target.detachFromTarget', { sessionId: session }).catch(() => {})
    await begin().catch(() => {})
  }

  const over = (target: Target) => {
    if (target.run.activated) activated.add(target.info.url)
    target.over()
  }

  /** The target that a run is of, of this start of the background or of one before. */
  const targetNamed = (worker: string): Target => {
    const found = [...targets.values()].find(({ info }) => targetOf(worker) === info.targetId)
    if (!found) throw new TracerError('not-traced')
    return found
  }

  return {
    begin,
    event(method, params, session) {
      if (method === 'Target.attachedToTarget') {
        const attached = v.safeParse(Attached, params)
        if (!attached.success) return true
        const { sessionId, targetInfo, waitingForDebugger } = attached.output
        if (targetInfo.type !== 'service_worker') return true
        const { origin } = new URL(targetInfo.url)
        const worker = runName(name, ++runs, targetInfo.targetId)
        const run = newRun(worker, sessionId, targetInfo)
        const over = coverage.began(worker, origin, () => run.callsWatchedSince)
        const target = { info: targetInfo, run, asked: false, over }
        targets.set(sessionId, target)
        needs.attached(origin)
        void install(sessionId, target, waitingForDebugger)
        return true
      }
      if (method === 'Target.detachedFromTarget') {
        const gone = String(params.sessionId)
        const target = targets.get(gone)
        if (!target) return true
        target.run.end('gone')
        over(target)
        targets.delete(gone)
        return true
      }
      if (session === undefined) return false
      const target = targets.get(session)
      if (!target) return true
      if (method === 'Inspector.targetCrashed') {
        targets.delete(session)
        over(target)
        // Who reads that it has stopped may abort at once: by then its next start must not slip past.
        target.run.end(target.asked ? 'asked' : 'stopped', expectAgain(session))
      } else target.run.event(method, params)
      return true
    },
    async stop(worker) {
      const found = targetNamed(worker)
      found.asked = true
      await send('Target.closeTarget', { targetId: found.info.targetId })
    },
    dispatch: async (worker, id) => targetNamed(worker).run.dispatch(id),
    async callsCovered(origin, from, to) {
      if (!coverage.covers(origin, from, to)) return false
      // A worker sends a report when its script's turn is over, and answers after it.
      const answers = [...targets]
        .filter(([, { info }]) => new URL(info.url).origin === origin)
        .map(([session]) => send('Runtime.evaluate', { expression: '0', silent: true }, session))
      const all = await Promise.allSettled(answers)
      return all.every(({ status }) => status === 'fulfilled')
    },
    untracedUntil: coverage.uncoveredUntil,
    setPauseOn(names) {
      pauseOn = names
      for (const { run } of targets.values()) run.pauseChosen()
    },
    undo: () => Promise.allSettled([...targets.values()].map(({ run }) => run.undo())),
    end() {
      for (const { run } of targets.values()) run.end('untraced')
      targets.clear()
      activated.clear()
      coverage.forget()
    },
  }
}
