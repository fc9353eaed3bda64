import type { BackgroundFetchEventName } from '../../../../protocol/event-names'
import type { ProbeBody } from '../../../../protocol/probe-events'
import { askBrowser, Evaluated, type Send } from '../../remote'
import type { OpenEvents } from '../open-events'
import { createHandlerBreakpoints, type PutIn } from './handler-breakpoints'
import { createPauses, type PauseBody, type Pauses } from './pauses'
import type { RememberedHandlers } from './remembered'

/**
 * How long DevTools has to let a worker go on that starts, in milliseconds. Whoever does it later than somebody else ends the pause that
 * the worker is in by then.
 */
const FOR_DEVTOOLS = 500

/** What the pauses of all workers of a tab follow from. */
export interface PauseContext {
  /** Events at whose handlers workers are to pause. */
  readonly names: readonly BackgroundFetchEventName[]
  readonly remembered: RememberedHandlers
}

interface Needs {
  /** Of the worker. */
  readonly url: string
  readonly context: PauseContext
  /** The events that it handles now. */
  readonly events: Pick<OpenEvents, 'current' | 'all'>
  send: Send
  emit(body: PauseBody, at?: number): void
  /** Does something after the messages of the probe that have arrived. */
  inTurn(act: () => void): void
}

/** Pauses one run of a worker at its handlers, and reports its pauses. */
export interface WorkerPauses extends Pick<Pauses, 'settling' | 'look' | 'pausedSince'> {
  /** The worker is to pause at a handler: the session's debugger is needed. */
  readonly on: boolean
  /** What the tracer's expression for the probe becomes in a worker that is about to start. */
  wrap(expression: string): string
  /**
   * Sets what is known from the last run, before the worker goes on.
   *
   * @param goOn is called when the worker may go on: as long as somebody else lets it, not before they have had the time for it
   */
  beforeStart(goOn: () => void): void
  installed(put: PutIn): void
  scriptHasRun(): void
  /** The choice of the person has changed. */
  chosen(): void
  /** Looks at a message of the probe when it arrives. */
  arrived(body: ProbeBody, at: number): void
  /** Takes what the session sent. */
  event(method: string, params: Record<string, unknown>): void
  end(): void
}

/** An event at whose handlers the worker is to pause. */
interface Expected {
  readonly name: BackgroundFetchEventName
  /** A breakpoint was in place when it came. */
  readonly inPlace: boolean
  met: boolean
}

/** Has one run of a worker pause at the handlers of chosen events. Nothing rejects: what can't be set is reported. */
export function createWorkerPauses({ url, context, events, send, emit, inTurn }: Needs): WorkerPauses {
  // No script can find it: it is a property of nothing.
  const slot = `backgroundFetch_${crypto.randomUUID().replaceAll('-', '')}`
  const expected = new Map<number, Expected>()
  let put: PutIn | undefined
  let isMade = false
  let start: ReturnType<typeof setTimeout> | undefined
  let on = false

  const pauses = createPauses({
    send,
    paused: ({ event, location, at }) => emit({ type: 'worker-paused', event, location }, at),
    resumed: (event, after, at) => emit({ type: 'worker-resumed', event, after }, at),
    ranOn: ({ event, location, at }) => {
      const name = (event !== null && expected.get(event)?.name) || null
      emit({ type: 'worker-not-paused', event, name, reason: 'ran-on', location }, at)
    },
    current() {
      const [first] = events.all()
      return first === undefined ? undefined : events.current().event
    },
  })
  const handlers = createHandlerBreakpoints({
    url,
    remembered: context.remembered,
    slot,
    send,
    report: (name, locations, missing) =>
      emit({ type: 'handler-breakpoints', name, locations: [...locations], missing }),
  })

  /** Skipping comes first and last: a `debugger` statement between the two must not stop a worker that nobody can resume. */
  const enable = () => {
    on = true
    const skip = () => send('Debugger.setSkipAllPauses', { skip: true })
    void skip().catch(() => {})
    return Promise.all([send('Debugger.enable'), skip()])
  }
  /** The expression that gives the slot; the first one makes it. */
  const slotExpression = () => {
    if (isMade) return slot
    isMade = true
    return `const ${slot} = { __proto__: null, probe: null }; ${slot}`
  }
  const link = async ({ probe }: PutIn) => {
    const { result } = await askBrowser(send, Evaluated, 'Runtime.evaluate', {
      expression: slotExpression(),
      silent: true,
    })
    await send('Runtime.callFunctionOn', {
      objectId: probe,
      functionDeclaration: 'function (slot) { slot.probe = this; this.announceListeners() }',
      arguments: [{ objectId: result.objectId }],
    })
  }

  const begin = async (one: PutIn) => {
    await Promise.all([enable(), link(one)])
    handlers.installed(one)
  }
  const chosen = () => {
    if (!put) return
    const starts = !on && context.names.length > 0
    handlers.want(context.names)
    if (starts) void begin(put).catch(() => {})
  }

  const missed = (event: number) => {
    const one = expected.get(event)
    expected.delete(event)
    if (!one || one.met) return
    const reason = one.inPlace ? 'not-met' : handlers.isInPlace(one.name) ? 'late' : 'no-breakpoint'
    inTurn(() => emit({ type: 'worker-not-paused', event, name: one.name, reason, location: null }))
  }

  return {
    get on() {
      return on && context.names.length > 0
    },
    wrap(expression) {
      if (context.names.length === 0) return expression
      void send('Runtime.evaluate', { expression: slotExpression(), silent: true }).catch(() => {})
      return `(${slot}.probe = ${expression}, ${slot}.probe.announceListeners(), ${slot}.probe)`
    },
    beforeStart(goOn) {
      if (context.names.length === 0) return goOn()
      void enable().catch(() => {})
      handlers.want(context.names)
      handlers.setRemembered()
      start = setTimeout(goOn, FOR_DEVTOOLS)
    },
    installed(one) {
      put = one
      handlers.want(context.names)
      if (context.names.length > 0) void begin(one).catch(() => {})
    },
    scriptHasRun: handlers.scriptHasRun,
    chosen,
    arrived(body, at) {
      switch (body.type) {
        case 'listeners-changed':
          if (on) handlers.listenersChanged()
          return
        case 'breakpoint-met': {
          const one = body.event === null ? undefined : expected.get(body.event)
          if (one) one.met = true
          pauses.met({ event: body.event, location: handlers.locationOf(body.point), at })
          return
        }
        case 'dispatched': {
          const { event, name } = body
          if (!context.names.includes(name) || body.handlers === 0) return
          expected.set(event, { name, inPlace: handlers.isInPlace(name), met: false })
          return
        }
        case 'handler-returned':
          missed(body.event)
      }
    },
    event(method, params) {
      handlers.event(method, params)
      // Its script is there: it goes on.
      if (method === 'Debugger.scriptParsed' && params.url !== '') clearTimeout(start)
      if (method === 'Debugger.resumed') pauses.went()
    },
    settling: pauses.settling,
    look: pauses.look,
    pausedSince: pauses.pausedSince,
    end() {
      clearTimeout(start)
      handlers.end()
      pauses.end()
    },
  }
}
