import * as v from 'valibot'
import type { BodyOf } from '../../../protocol/events'
import { isNearArrival } from '../../../protocol/numbers'
import { AddedListeners, ProbeMessage, type WorkerBody, WorkerSeen } from '../../../protocol/worker-events'
import { now } from '../../../wire/clock'
import { TracerError } from '../problem'
import {
  type RemoteObject,
  remoteLocation,
  remoteText,
  remoteThrown,
  type Send,
  type StackTrace,
} from '../remote'
import { createBursts } from './bursts'
import { createInjector, type Evaluated, type How } from './inject'
import { outcomeOf } from './promise-state'
import { createWorkerScripts } from './worker-scripts'

/** How often the probe hears that the tracer is still there; it leaves after 15 s without. */
const RENEW_EVERY = 5000
/** After this long, an event that is not over is reported about. */
const LONG = 30_000
/** How long after its start the scripts of a worker are read, in milliseconds. */
const SCRIPTS_AFTER = 1000
/** How often the probe is put into a worker that is not ready for it. */
const ATTEMPTS = 25
/** A message of the probe is never longer. */
const MAX_MESSAGE = 100_000

const Facts = v.pick(WorkerSeen, ['scope', 'state'])

export type Emit = (body: WorkerBody, at?: number) => void

export interface WorkerRun {
  /**
   * Puts the probe in. Rejects when the worker can't be traced.
   *
   * @param sent is called once, when a command that lets the worker go on may be sent: a worker takes commands in
   * their order
   */
  install(how: How, sent?: () => void): Promise<void>
  event(method: string, params: Record<string, unknown>): void
  /** Takes the probe out again. */
  undo(): Promise<void>
  /**
   * The run is over.
   *
   * @param ready when to tell so, if not at once
   */
  end(how: BodyOf<'worker-stopped'>['how'], ready?: Promise<void>): void
}

/**
 * Traces one run of one service worker, through its CDP session.
 *
 * @param worker name of the run
 * @param mark by which the probes of this worker know one another
 * @param refused is called with what came from the probe and is not a message of it
 * @param named gets URLs of its origin that its scripts name
 */
export function createWorkerRun(
  worker: string,
  url: string,
  mark: string,
  send: Send,
  emit: Emit,
  refused: (detail: string) => void,
  named: (urls: readonly string[]) => void = () => {},
): WorkerRun {
  const open = new Map<number, { returned: boolean; timer: ReturnType<typeof setTimeout> }>()
  /** What came before the run was reported. */
  const waiting: (() => void)[] = []
  let probe: string | undefined
  let seen = false
  let ended = false
  let untraced = false
  let refusals = 0
  let renewal: ReturnType<typeof setInterval> | undefined
  const injector = createInjector(mark, send)
  const bursts = createBursts((event, count) => emit({ type: 'console-counted', worker, event, count }))

  const scripts = createWorkerScripts(
    send,
    async ({ complete, mentions }) => {
      const added = await readListeners()
      if (!ended) emit({ type: 'worker-scripts', worker, complete, mentions: [...mentions], added })
    },
    url,
    named,
  )

  const callProbe = (declaration: string, args: readonly unknown[] = []) =>
    send<Evaluated>('Runtime.callFunctionOn', {
      objectId: probe,
      functionDeclaration: declaration,
      arguments: args.map((value) => ({ value })),
    })

  /** How many listeners the script has added; empty where nobody can tell. */
  const readListeners = async (): Promise<v.InferOutput<typeof AddedListeners>> => {
    try {
      const { result } = await callProbe('function () { return this.handlers }')
      return v.parse(AddedListeners, JSON.parse(String(result.value)))
    } catch {
      return []
    }
  }

  const undoOf = (objectId: string | undefined) =>
    send('Runtime.callFunctionOn', { objectId, functionDeclaration: 'function () { this.undo() }' }).catch(
      () => {},
    )

  /** A worker that is not ready is asked once more, and its script may run by then. */
  const putIn = async (how: How, sent: () => void): Promise<string> => {
    const enabled = send('Runtime.enable')
    // The session may end before anything waits for it.
    enabled.catch(() => {})
    if (how === 'started') {
      const put = injector.intoStarting()
      put.catch(() => {})
      sent()
      try {
        await enabled
        return await put
      } catch (error) {
        if (error instanceof TracerError && error.reason === 'replaced') throw error
      }
    }
    for (let tries = 1; ; tries++) {
      try {
        return await injector.intoRunning()
      } catch (error) {
        if (tries >= ATTEMPTS || (error instanceof TracerError && error.reason === 'replaced')) throw error
      }
    }
  }

  /** A worker that has just been started learns who it is a moment later. */
  const readFacts = async (): Promise<v.InferOutput<typeof Facts>> => {
    for (let tries = 1; ; tries++) {
      const { result } = await callProbe('function () { return this.facts }')
      if (result.value || tries >= ATTEMPTS) return v.parse(Facts, JSON.parse(String(result.value)))
      await new Promise((resolve) => setTimeout(resolve, 4 * tries))
    }
  }

  const install = async (how: How, sent: () => void = () => {}) => {
    // It may learn who it is only when it has begun to handle its first event.
    const at = now()
    let facts: v.InferOutput<typeof Facts>
    try {
      probe = await putIn(how, sent)
      facts = await readFacts()
    } catch (error) {
      // Nothing that comes will be reported.
      untraced = true
      waiting.length = 0
      if (probe && !ended) void undoOf(probe)
      throw error
    }
    const { scope, state } = facts
    if (ended) return
    emit({ type: 'worker-seen', worker, url, scope, state, how }, at)
    seen = true
    for (const live of waiting.splice(0)) live()
    // Not while it starts: that would take longer. A worker that has gone meanwhile has no scripts to read.
    const read = () => void scripts.read().catch(() => {})
    if (how === 'running') read()
    else setTimeout(() => !ended && read(), SCRIPTS_AFTER)
    renewal = setInterval(() => void callProbe('function () { this.renew() }').catch(() => {}), RENEW_EVERY)
  }

  const settleUpdate = async (event: number, n: number) => {
    const promise = await callProbe('function (event, n) { return this.update(event, n) }', [event, n])
    const error = await outcomeOf(send, promise.result.objectId)
    if (error !== undefined) emit({ type: 'update-ui-settled', worker, event, n, error })
  }

  const take = (message: ProbeMessage) => {
    const body = { ...message.body, worker }
    if (body.type === 'dispatched') {
      const timer = setTimeout(() => {
        emit({ type: 'still-running', worker, event: body.event, after: now() - message.at })
      }, LONG)
      open.set(body.event, { returned: false, timer })
    } else if (body.type === 'handler-returned') {
      const event = open.get(body.event)
      if (event) event.returned = true
    } else if (body.type === 'event-done') {
      clearTimeout(open.get(body.event)?.timer)
      open.delete(body.event)
      bursts.end(body.event)
    } else if (body.type === 'update-ui') void settleUpdate(body.event, body.n).catch(() => {})
    emit(body, message.at)
  }

  /** One report about it is enough, however much of it comes. */
  const refuse = (detail: string) => {
    if (refusals++ === 0) refused(detail)
  }

  const onMessage = (payload: string) => {
    const parsed = payload.length > MAX_MESSAGE ? undefined : v.safeParse(ProbeMessage, parse(payload))
    if (parsed?.success) {
      if (isNearArrival(parsed.output.at, now())) return take(parsed.output)
      return refuse('a time that is far from its arrival')
    }
    refuse(parsed ? v.summarize(parsed.issues).slice(0, 300) : `${payload.length} characters of something`)
  }

  /** The event that is being handled: the one whose listeners run, which is the last one dispatched, else the only one that is open. */
  const current = (): { event: number | null; byHandler: boolean } => {
    const events = [...open]
    const running = events.findLast(([, { returned }]) => !returned)
    if (running) return { event: running[0], byHandler: true }
    return { event: events.length === 1 ? (events[0]?.[0] ?? null) : null, byHandler: false }
  }

  const onConsole = (params: Record<string, unknown>) => {
    const { type, args, timestamp, stackTrace } = params as {
      type: string
      args: readonly RemoteObject[]
      timestamp: number
      stackTrace?: StackTrace
    }
    const level = type === 'error' || type === 'assert' ? 'error' : type === 'warning' ? 'warning' : 'log'
    const text = args.map(remoteText).join(' ').slice(0, 4000)
    const { event } = current()
    if (!bursts.admits(event, level === 'error')) return
    emit({ type: 'console', worker, event, level, text, location: remoteLocation(stackTrace) }, timestamp)
  }

  const onException = (params: Record<string, unknown>) => {
    const { timestamp, exceptionDetails } = params as {
      timestamp: number
      exceptionDetails: {
        text: string
        exception?: RemoteObject
        stackTrace?: StackTrace
        url?: string
        lineNumber: number
        columnNumber: number
      }
    }
    const { url: at = '', lineNumber, columnNumber } = exceptionDetails
    const location =
      remoteLocation(exceptionDetails.stackTrace) ??
      remoteLocation({ callFrames: [{ url: at, lineNumber, columnNumber }] })
    const error = remoteThrown(exceptionDetails.exception, exceptionDetails.text)
    emit({ type: 'exception', worker, ...current(), error, location }, timestamp)
  }

  return {
    install,
    event(method, params) {
      const message = injector.messageIn(method, params)
      const live = () => {
        if (message !== undefined) onMessage(message)
        else if (method === 'Runtime.consoleAPICalled') onConsole(params)
        else if (method === 'Runtime.exceptionThrown') onException(params)
        else scripts.event(method, params)
      }
      if (method === 'Runtime.executionContextCreated') {
        injector.setContext((params.context as { id: number }).id)
        return
      }
      if (untraced) return
      if (seen) live()
      // Console messages from before the tracer came are history, not something that happens now.
      else if (message !== undefined || isNew(params)) waiting.push(live)
    },
    async undo() {
      clearInterval(renewal)
      scripts.end()
      if (probe && !ended) await callProbe('function () { return this.undo() }')
    },
    end(how, ready) {
      if (ended) return
      ended = true
      scripts.end()
      const at = now()
      bursts.endAll()
      const tell = () => {
        if (seen) emit({ type: 'worker-stopped', worker, how }, at)
      }
      clearInterval(renewal)
      for (const { timer } of open.values()) clearTimeout(timer)
      open.clear()
      if (ready) void ready.then(tell)
      else tell()
    },
  }
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

const started = now()
const isNew = ({ timestamp }: Record<string, unknown>) =>
  typeof timestamp === 'number' && timestamp >= started && timestamp > now() - 2000
