import type { BodyOf, SessionEvent } from '../events'
import { createKeptErrors, type ErrorsOf, MAX_ERRORS, noErrors } from './kept-errors'

/** Names an event of a run of a worker. */
export const keyOf = (of: { readonly worker: string; readonly event: number | null }): string =>
  `${of.worker}:${of.event}`

type ErrorBody = BodyOf<'console' | 'exception'>

/** What was written to the console as an error, or thrown where nobody caught it. */
const isError = (body: SessionEvent['body']): body is ErrorBody =>
  body.type === 'exception' || (body.type === 'console' && body.level === 'error')

/** An event that stays. */
interface Staying {
  readonly kept: ErrorsOf
  isDone: boolean
  /** It is known that errors may be missing. */
  isMissing: boolean
}

/** What is known of a run of a worker so far. */
interface Run {
  readonly events: Map<string, Staying>
  /** Errors of no event that is known, which may turn out to be of the next one. */
  early: SessionEvent[]
  /** When it was last reported that errors may be missing. */
  missed: SessionEvent | null
  /** Exceptions that may have been rejections which are handled later, by their numbers. */
  readonly revocable: Map<number, SessionEvent>
}

/**
 * What must stay of traced events beside their begin and end, so that their verdict is the same: what the handler threw, passed to
 * `waitUntil()` and logged as an error, and how its promises ended. The probe reports so many calls of an event one by one and counts
 * the others; of errors as many stay as the verdict reads. What only makes rows goes.
 *
 * @param stays whether it stays of an event that was dispatched at this time
 */
export function eventContext(
  old: readonly SessionEvent[],
  recent: readonly SessionEvent[],
  stays: (body: BodyOf<'dispatched'>, at: number) => boolean,
): ReadonlySet<SessionEvent> {
  const context = new Set<SessionEvent>()
  const errors = createKeptErrors(context)
  const known = new Set<string>()
  const runs = new Map<string, Run>()
  const runOf = (worker: string): Run => {
    const run = runs.get(worker) ?? { events: new Map(), early: [], missed: null, revocable: new Map() }
    runs.set(worker, run)
    return run
  }

  const begin = (body: BodyOf<'dispatched'>, at: number) => {
    const run = runOf(body.worker)
    const key = keyOf(body)
    known.add(key)
    const { early, missed } = run
    run.early = []
    if (!stays(body, at)) return
    // Its listeners may have run before the probe's turn: what they threw or wrote was reported first.
    const kept = noErrors()
    for (const one of early) {
      if (one.at < at) continue
      for (const other of run.events.values()) if (!other.isDone) errors.take(one, other.kept.shared)
      errors.keep(one, one.body.type === 'exception' && !body.late ? kept.threw : kept.errors)
    }
    const isMissing = missed !== null && missed.at >= at
    if (isMissing) context.add(missed)
    run.events.set(key, { kept, isDone: false, isMissing })
  }

  const takeError = (event: SessionEvent, body: ErrorBody) => {
    const run = runOf(body.worker)
    const key = keyOf(body)
    if (body.type === 'exception' && body.exception !== undefined) run.revocable.set(body.exception, event)
    if (body.event === null) {
      for (const one of run.events.values()) if (!one.isDone) errors.keep(event, one.kept.shared)
    }
    if (!known.has(key)) {
      run.early.push(event)
      if (run.early.length > 2 * MAX_ERRORS) run.early.shift()
      return
    }
    const one = run.events.get(key)
    if (!one) return
    const byHandler = body.type === 'exception' && body.byHandler
    errors.keep(event, byHandler ? one.kept.threw : one.kept.errors)
  }

  const revoke = (handled: SessionEvent, { worker, exception }: BodyOf<'rejection-handled'>) => {
    const run = runOf(worker)
    const event = run.revocable.get(exception)
    if (!event) return
    run.revocable.delete(exception)
    run.early = run.early.filter((one) => one !== event)
    errors.revoke(event, handled)
  }

  const takeMissed = (event: SessionEvent, body: BodyOf<'console-counted'>) => {
    const run = runOf(body.worker)
    run.missed = event
    for (const [key, one] of run.events) {
      if (one.isMissing || (one.isDone && key !== keyOf(body))) continue
      one.isMissing = true
      context.add(event)
    }
  }

  for (const event of old) {
    const { body } = event
    switch (body.type) {
      case 'dispatched':
        begin(body, event.at)
        break
      case 'console':
      case 'exception':
        if (isError(body)) takeError(event, body)
        break
      case 'console-counted':
        if (body.atLeast) takeMissed(event, body)
        break
      case 'rejection-handled':
        revoke(event, body)
        break
      case 'event-done': {
        const one = runOf(body.worker).events.get(keyOf(body))
        if (one) one.isDone = true
        break
      }
      case 'event-requests':
      case 'handler-returned':
      case 'wait-until':
      case 'wait-until-refused':
      case 'promise-settled':
      case 'calls-counted':
        if (runOf(body.worker).events.has(keyOf(body))) context.add(event)
        break
      case 'cleared':
        // What had a row then is of no later event.
        for (const run of runs.values()) run.early = []
    }
  }
  for (const { body, at } of recent) if (body.type === 'dispatched') begin(body, at)
  return context
}
