import type { BodyOf } from '../../../protocol/events'
import type { ProbeMessage } from '../../../protocol/probe-events'
import { now } from '../../../wire/clock'
import { framesIn } from '../calls/call-message'
import { watchWorkerCalls } from '../calls/worker-calls'
import { TracerError } from '../problem'
import type { Send } from '../remote'
import { createConsoleFeed } from './console-feed'
import { createInjector } from './inject'
import { createOpenEvents } from './open-events'
import { createRememberedHandlers } from './pauses/remembered'
import { createWorkerPauses, type PauseContext } from './pauses/worker-pauses'
import { createProbeCalls, type Facts, type ProbeCalls, putIn } from './probe-calls'
import { createProbeReader } from './probe-messages'
import { createProbeOrder } from './probe-order'
import { outcomeOf } from './promise-state'
import type { Emit, WorkerRun } from './run'
import { createWorkerConsole } from './worker-console'
import { createWorkerRequests } from './worker-requests'
import { createWorkerScripts } from './worker-scripts'

/** How often the probe hears that the tracer is still there; it leaves after 15 s without. */
const RENEW_EVERY = 5000
/** The browser keeps no bodies for this session. */
const NO_BUFFERS = { maxTotalBufferSize: 0, maxResourceBufferSize: 0, maxPostDataSize: 0 }
/** A worker's script has run by so long after its start, in milliseconds. */
const STARTING = 2000
/** How long after its start the scripts of a worker are read, in milliseconds. */
const SCRIPTS_AFTER = 1000

/**
 * Traces one run of one service worker, through its CDP session.
 *
 * @param worker name of the run
 * @param mark by which the probes of this worker know one another
 * @param refused is called with what came from the probe and is not a message of it
 * @param named gets URLs of its origin that its scripts name
 * @param pauseContext what it is to pause on
 */
export function createWorkerRun(
  worker: string,
  url: string,
  mark: string,
  send: Send,
  emit: Emit,
  refused: (detail: string) => void,
  named: (urls: readonly string[]) => void = () => {},
  pauseContext: PauseContext = { names: [], remembered: createRememberedHandlers() },
): WorkerRun {
  /** What came before the run was reported. */
  const waiting: (() => void)[] = []
  let probe: ProbeCalls | undefined
  let seen = false
  let ended = false
  let untraced = false
  let watchCalls = () => {}
  let renewal: ReturnType<typeof setInterval> | undefined
  let callsWatchedSince: number | null = null
  let activated = false
  /** Until when its script may not have run yet. */
  let starting = 0
  const injector = createInjector(mark, send, (expression) => pauses.wrap(expression))
  const read = createProbeReader(refused)

  const whenSeen = (act: () => void) => {
    if (seen) act()
    else if (!untraced) waiting.push(act)
  }

  const events = createOpenEvents(
    (event, after) => emit({ type: 'still-running', worker, event, after }),
    () => pauses,
  )
  const pauses = createWorkerPauses({
    ...{ url, context: pauseContext, events, send },
    emit: (body, at) => whenSeen(() => emit({ ...body, worker }, at)),
    inTurn: (act) => order.run(() => whenSeen(act)),
  })
  const messages = createWorkerConsole(events, (body, at) => emit({ ...body, worker }, at))
  const requests = createWorkerRequests(events, (body) => emit({ ...body, worker }))
  const feed = createConsoleFeed(
    send,
    (entry) => whenSeen(() => messages.take(entry)),
    () => whenSeen(messages.missed),
    (params) => whenSeen(() => messages.revoked(params)),
  )
  const scripts = createWorkerScripts(
    send,
    async ({ complete, mentions, findings }) => {
      const added = (await probe?.listeners()) ?? []
      if (ended) return
      emit({
        type: 'worker-scripts',
        worker,
        complete,
        mentions: [...mentions],
        findings: [...findings],
        added,
      })
    },
    url,
    named,
    () => callsWatchedSince !== null || pauses.on,
  )

  const settleUpdate = async (event: number, n: number) => {
    const error = await outcomeOf(send, await probe?.update(event, n))
    if (error !== undefined) emit({ type: 'update-ui-settled', worker, event, n, error })
  }

  const stateSeen = (state: BodyOf<'worker-state'>['state']) => {
    if (state !== 'activated') return
    activated = true
    watchCalls()
  }

  const take = ({ body, at }: ProbeMessage) => {
    if (body.type === 'breakpoint-met' || body.type === 'listeners-changed') return
    // What is thrown from now on may have been thrown by something else.
    if (body.type === 'listener-returned') return events.returned(body.event)
    if (body.type === 'worker-state') stateSeen(body.state)
    if (body.type === 'called') {
      const { stack, ...call } = body
      const [location = null, ...callers] = framesIn(stack)
      return emit({ ...call, type: 'worker-call', worker, location, callers }, at)
    }
    if (body.type === 'dispatched') {
      messages.before()
      events.dispatched(body.event, at)
      requests.began(body.event, at)
    } else if (body.type === 'handler-returned') events.returned(body.event)
    else if (body.type === 'event-done') {
      events.done(body.event)
      messages.end(body.event)
      emit({ ...body, worker }, at)
      requests.done(body.event)
      return
    } else if (body.type === 'update-ui') void settleUpdate(body.event, body.n).catch(() => {})
    emit({ ...body, worker }, at)
  }
  const caughtUp = () => pauses.settling() ?? feed.caughtUp()
  const order = createProbeOrder(caughtUp, (message) => whenSeen(() => take(message)))

  return {
    async install(how, sent = () => {}, isNew = false) {
      // It may learn who it is only when it has begun to handle its first event.
      const at = now()
      if (how === 'started') starting = at + STARTING
      let facts: Facts
      try {
        const enabled = feed.start()
        // Before the worker goes on; nothing is kept of what is transferred.
        void send('Network.enable', NO_BUFFERS).catch(() => {})
        const object = await putIn(injector, how, enabled, () => pauses.beforeStart(sent))
        const calls = createProbeCalls(send, object)
        probe = calls
        pauses.installed({ probe: object, counts: calls.listeners })
        let watched = false
        watchCalls = () => {
          if (watched || ended) return
          watched = true
          watchWorkerCalls(send, object).then(
            () => {
              callsWatchedSince = now()
            },
            // Its calls are not reported then, as where they came before.
            () => {},
          )
        }
        if (!isNew) watchCalls()
        facts = (await Promise.all([probe.facts(), injector.connect(object)]))[0]
      } catch (error) {
        // Nothing that comes will be reported.
        untraced = true
        waiting.length = 0
        if (!ended) void probe?.undo().catch(() => {})
        throw error
      }
      if (ended) return
      emit({ type: 'worker-seen', worker, url, scope: facts.scope, state: facts.state, how }, at)
      seen = true
      stateSeen(facts.state)
      for (const act of waiting.splice(0)) act()
      // Not while it starts: that would take longer. A worker that has gone meanwhile has no scripts to read.
      const readScripts = () => {
        watchCalls()
        pauses.scriptHasRun()
        void scripts.read().catch(() => {})
      }
      if (how === 'running') readScripts()
      else setTimeout(() => !ended && readScripts(), SCRIPTS_AFTER)
      renewal = setInterval(() => probe?.renew(), RENEW_EVERY)
    },
    event(method, params) {
      if (method === 'Runtime.executionContextCreated') {
        injector.contextCreated(params)
        return
      }
      if (untraced) return
      const payload = injector.messageIn(method, params)
      const message = payload === undefined ? undefined : read(payload)
      if (message) {
        pauses.arrived(message.body, message.at)
        order.take(message)
      }
      if (payload !== undefined || feed.event(method, params)) return
      if (method.startsWith('Network.')) order.run(() => whenSeen(() => requests.event(method, params)))
      else {
        pauses.event(method, params)
        scripts.event(method, params)
      }
    },
    async dispatch(id) {
      if (!probe || !seen || ended) throw new TracerError('not-traced')
      return probe.dispatch(id, starting - now())
    },
    get callsWatchedSince() {
      // What it reports before is dropped where it can't be traced.
      return seen ? callsWatchedSince : null
    },
    get activated() {
      return activated
    },
    pauseChosen: pauses.chosen,
    async undo() {
      clearInterval(renewal)
      scripts.end()
      if (!ended) await probe?.undo()
    },
    end(how, ready) {
      if (ended) return
      ended = true
      scripts.end()
      const at = now()
      feed.end()
      pauses.end()
      order.flush()
      messages.endAll()
      if (seen) requests.end()
      const tell = () => {
        if (seen) emit({ type: 'worker-stopped', worker, how }, at)
      }
      clearInterval(renewal)
      events.end()
      if (ready) void ready.then(tell)
      else tell()
    },
  }
}
