import { MAX_ERRORS } from '../../../protocol/context/kept-errors'
import type { BodyOf, SessionEvent } from '../../../protocol/events'
import type { WorkerBody } from '../../../protocol/worker-events'
import { overByWorker } from '../session/ends/end-witness'
import type { LateRows } from '../session/late-rows'
import type { More, Rows } from '../session/rows'
import type { Fetch, SharedError, TracedEvent } from '../session/view'
import { createHandledLater } from './errors/handled-later'
import { errorText } from './errors/shared-errors'
import { createUncaught } from './errors/uncaught'
import { requestsOf } from './event-requests'
import { pausedIn, pausedText } from './pauses'
import { createPromises, isPartial, wasTooLate } from './waited'

/** What is heard of an event in a worker after it was dispatched. */
export interface EventMessages {
  apply(event: SessionEvent, body: Extract<WorkerBody, { event: number | null }>): void
  /** Gives what was written and thrown before an event was reported, and after it began, to the event, and returns that. */
  claimEarly(traced: TracedEvent): ReadonlySet<SessionEvent>
  /** These fetches remain. */
  forget(fetches: readonly Fetch[]): void
}

interface Heard {
  /** An event is over. */
  done(traced: TracedEvent): void
  /**
   * It is not known of which event it is. Returns it as one of the events that were open.
   *
   * @param cause one that is over whose rejection it is
   */
  stray(
    event: SessionEvent,
    body: BodyOf<'console' | 'exception'>,
    cause: TracedEvent | undefined,
  ): SharedError | null
  /** An exception of the worker was a rejection that was handled later; these events had it. */
  revoked(thrown: SessionEvent, worker: string, from: readonly TracedEvent[]): void
}

/**
 * Folds what is heard of traced events into them and their rows.
 *
 * @param events the traced events by their keys
 */
export function createEventMessages(
  events: ReadonlyMap<string, TracedEvent>,
  rows: Rows,
  late: LateRows,
  { done, stray, revoked }: Heard,
): EventMessages {
  const promises = createPromises()
  const uncaught = createUncaught()
  const handled = createHandledLater()

  /** Keeps an error for the verdict of the event during which it was written or thrown. */
  const noteError = (traced: TracedEvent | null, event: SessionEvent) => {
    const message = errorText(event.body)
    if (!traced || message === null) return
    // What a listener threw is a finding of its own.
    if (event.body.type === 'exception' && event.body.byHandler) return
    // Those that are kept may be taken back.
    if (traced.errors.length >= MAX_ERRORS) traced.errorsDropped = true
    else traced.errors.push({ event, message })
  }

  /** Nothing more comes of the event. */
  const close = (traced: TracedEvent) => {
    promises.end(traced)
    const at = traced.worker?.open.indexOf(traced) ?? -1
    if (at >= 0) traced.worker?.open.splice(at, 1)
    if (traced.fetch) overByWorker(traced.fetch)
  }

  const ofEvent = (event: SessionEvent, body: Extract<WorkerBody, { event: number | null }>) => {
    const traced =
      events.get(`${body.worker}:${body.event}`) ??
      (body.type === 'exception' ? uncaught.causeOf(event, body) : undefined)
    const since = (start: number | undefined): More => ({
      traced: traced ?? null,
      after: start === undefined ? null : Math.max(0, event.at - start),
    })
    /** The same since the event, and what of it the worker was paused in the debugger. */
    const sinceEvent = (): More => ({
      ...since(traced?.at),
      note: traced ? pausedText(pausedIn(traced, event.at)) : '',
    })
    const add = (more: More = { traced: traced ?? null }) => rows.add(event, traced?.fetch ?? null, more)
    switch (body.type) {
      case 'handler-returned':
        if (traced) traced.returnedAt ??= event.at
        // When they have returned was not seen of one that was seen late; without listeners there is nothing that could.
        return traced?.dispatched.late || traced?.dispatched.handlers === 0 ? undefined : add(sinceEvent())
      case 'wait-until':
        // Only a listener can call it.
        traced?.worker?.listened.set(traced.dispatched.name, true)
        if (traced) promises.add(traced, event, body)
        return add()
      case 'promise-settled': {
        const waited = traced && promises.settle(traced, event, body)
        if (waited?.error) uncaught.rejected(traced, waited.error, event.at)
        return waited && waited.given !== 'promise' ? undefined : add(since(waited?.at))
      }
      case 'wait-until-refused':
        // Without an argument it says nothing about when it was called.
        if (traced && wasTooLate(body)) traced.refused++
        return add()
      case 'calls-counted':
        if (traced) {
          const { counted } = traced
          counted.called += body.called
          counted.awaited += body.awaited
          counted.fulfilled += body.fulfilled
          counted.rejected += body.rejected
          traced.promises += body.called
        }
        return add()
      case 'event-done':
        if (traced && traced.doneAt === null) {
          traced.doneAt = event.at
          traced.isPartial = isPartial(traced, body)
          late.done(traced)
          uncaught.done(traced)
          close(traced)
          done(traced)
        }
        return add(sinceEvent())
      case 'exception': {
        if (traced && body.byHandler) handled.threw(traced, event, body)
        const shared = body.event === null ? stray(event, body, traced) : null
        handled.thrown(event, body, traced, shared)
        // Where it is the rejection of one that is over, it was used for that.
        if (body.event !== null || !traced)
          uncaught.came(shared?.open ?? (traced ? [traced] : []), event, body)
        noteError(traced ?? null, event)
        return add()
      }
      case 'rejection-handled': {
        const { thrown, from } = handled.revoke(body) ?? {}
        if (thrown && from) revoked(thrown, body.worker, from)
        const note = thrown ? (errorText(thrown.body) ?? '') : ''
        return add({ ...since(thrown?.at), note })
      }
      case 'console':
        if (body.event === null) stray(event, body, undefined)
        noteError(traced ?? null, event)
        return add()
      case 'console-counted':
        if (body.atLeast) {
          for (const one of events.values()) {
            if (one === traced || (one.dispatched.worker === body.worker && one.doneAt === null))
              one.logIncomplete = true
          }
        }
        return add()
      case 'event-requests':
        if (traced?.fetch) traced.fetch.requests ??= requestsOf(traced.fetch, body)
        return add()
      case 'still-running':
        return traced ? late.stillRunning(event, body.worker, traced) : add()
      default:
        return add()
    }
  }

  const claimEarly = (traced: TracedEvent) => {
    const { worker, late } = traced.dispatched
    // The script's own listener may have run before the probe's, and written to the console meanwhile.
    const claimed = rows.claim(
      traced.at,
      ({ event, traced: other }) =>
        (event.body.type === 'console' || event.body.type === 'exception') &&
        other === null &&
        event.body.worker === worker &&
        !handled.isHandled(event),
      traced,
    )
    const events = new Set(claimed.map((row) => row.event))
    for (const event of events) {
      const { body } = event
      if (body.type === 'exception') handled.thrown(event, body, traced)
      // What was thrown between the event and the probe's turn was thrown by a listener.
      if (body.type === 'exception' && !late) handled.threw(traced, event, body)
      else noteError(traced, event)
    }
    return events
  }

  return {
    apply: ofEvent,
    claimEarly,
    forget(fetches) {
      uncaught.forget()
      handled.forget(fetches)
    },
  }
}
