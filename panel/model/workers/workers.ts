import type { BodyOf, SessionEvent } from '../../../protocol/events'
import { originOf } from '../../../protocol/origin'
import type { WorkerBody } from '../../../protocol/worker-events'
import { t } from '../../i18n/i18n'
import { wrongEvents } from '../describe/worker-scripts-text'
import { addEvent, endByWorker, isEnd, overByWorker, tracedEnd } from '../session/ends/end-witness'
import { isLive } from '../session/fetch-phase'
import type { Fetches } from '../session/fetches'
import { createLateRows } from '../session/late-rows'
import type { Rows } from '../session/rows'
import type { CallPlace } from '../session/starting-calls'
import type { Fetch, Row, TracedEvent, Worker } from '../session/view'
import { justAborted, sinceAbortOrEnd } from './abort-context'
import { addShared, errorText } from './errors/shared-errors'
import { addStray } from './errors/stray-exceptions'
import { createTakenBack } from './errors/taken-back'
import { createEventFetches, type EventFetches } from './event-fetches'
import { createEventMessages } from './event-messages'
import { newTracedEvent, newWorker } from './new-worker'
import { createPauseRows } from './pauses'
import { createScriptFindingRows } from './script-finding-rows'
import { untracedEnd } from './untraced-end'

export interface Workers extends Pick<EventFetches, 'match' | 'contradicted' | 'joinWithEnded'> {
  readonly all: readonly Worker[]
  readonly tracer: BodyOf<'tracer'> | null
  apply(event: SessionEvent, body: WorkerBody): void
  /** Whose fetches a worker that was seen can call methods of; a worker has none but those of its own scope. */
  placeOf(worker: string): CallPlace | undefined
  /** The fetches whose events in the worker this is or may be about, where these are the browser's own. */
  concerned(body: WorkerBody): readonly Fetch[]
  /** The fetches from which the last event took an error back. */
  readonly takenBack: ReadonlySet<Fetch>
  /** A background was started that knows nothing of the runs before: they are not traced any more. */
  interrupted(event: SessionEvent): void
  /** Drops runs that are over, and events that are. What a fetch or a row mentions, it keeps itself. */
  forgetEnded(): void
  /** The page saw the event for a fetch's end be over: was it traced? */
  over(event: SessionEvent, fetch: Fetch): void
}

/** A worker that is started for an event gets it within this time, in milliseconds. */
const FOR_IT = 2000

/** The worker's side of the session: runs of workers, and the events in them. */
export function createWorkers(fetches: Fetches, rows: Rows): Workers {
  const workers = new Map<string, Worker>()
  const events = new Map<string, TracedEvent>()
  const started = new Map<string, Row>()
  /** Of workers that were ever seen. */
  const origins = new Set<string>()
  const late = createLateRows(rows)
  const scriptFindings = createScriptFindingRows(rows)
  const eventFetches = createEventFetches(fetches, rows, late)
  /** The end of a fetch that a page lists may be this event's. */
  const matchListed = (fetch: Fetch | null | undefined) => {
    for (const one of fetch ? fetches.listedLike(fetch) : []) eventFetches.match(one)
  }
  const takenBack = createTakenBack(fetches)
  const strayOf = ({ url, scope }: Worker) => fetches.ofScope(originOf(url), scope).exceptions
  const messages = createEventMessages(events, rows, late, {
    done: ({ fetch }) => matchListed(fetch),
    stray(event, body, cause) {
      const worker = workers.get(body.worker)
      if (!worker) return null
      if (body.type === 'exception' && !cause)
        addStray(strayOf(worker), { event, message: body.error.message })
      return addShared(worker.open, event, cause)
    },
    revoked(thrown, name, from) {
      const worker = workers.get(name)
      if (worker) takenBack.stray(strayOf(worker), new Set([thrown]))
      takenBack.from(from)
    },
  })
  const pauseRows = createPauseRows({ rows, events, workers })
  let tracer: BodyOf<'tracer'> | null = null

  const dispatched = (event: SessionEvent, body: BodyOf<'dispatched'>) => {
    const worker = workers.get(body.worker) ?? null
    const known = worker && fetches.ofEvent(originOf(worker.url), worker.scope, body, event.at)
    const fetch = known ?? (worker && eventFetches.unlistedOf(worker, body, event.at))
    const traced = newTracedEvent(body, event.at, worker, fetch ?? null)
    events.set(traced.key, traced)
    worker?.open.push(traced)
    if (body.handlers !== null) worker?.listened.set(body.name, body.handlers > 0)
    const start = started.get(body.worker)
    // One that was installed first did not start for it.
    const atOnce = start?.event.body.type === 'worker-seen' && start.event.body.state === 'activated'
    if (start?.note === '' && atOnce && body.isTrusted && event.at - start.at < FOR_IT) start.note = body.name
    if (fetch) {
      addEvent(fetch, traced)
      if (tracedEnd(fetch)) late.traced(fetch)
    }
    const unobserved = fetch?.state === 'unobserved' && !fetch.unlisted
    // No page reports its end: the worker does.
    if (fetch && (!isLive(fetch) || fetch.state === 'unobserved')) endByWorker(fetch)
    rows.add(event, fetch ?? null, { traced, ...sinceAbortOrEnd(known, event.at) })
    if (isEnd(traced)) matchListed(fetch)
    if (fetch && unobserved && fetch.settledBy === 'worker') {
      rows.add(event, fetch, { kind: 'ended-unseen', note: body.name })
    }
    const early = messages.claimEarly(traced)
    if (worker) takenBack.ofEvent(worker.open, strayOf(worker), early)
  }

  /** Nothing more is heard of a run. Returns how many of its events were not over. */
  const end = (worker: Worker, at: number, lost: boolean): number => {
    let cut = 0
    for (const traced of events.values()) {
      if (traced.worker !== worker || traced.doneAt !== null) continue
      traced.cutAt ??= at
      traced.lost = lost
      cut++
      if (traced.fetch) overByWorker(traced.fetch)
    }
    worker.stoppedAt ??= at
    pauseRows.end(worker, at)
    worker.open.length = 0
    return cut
  }

  const stopped = (event: SessionEvent, body: BodyOf<'worker-stopped'>) => {
    const worker = workers.get(body.worker)
    const over = body.how === 'asked' || body.how === 'stopped'
    const cut = worker ? end(worker, event.at, !over) : 0
    // The browser stops a worker that is replaced before it can hear that it is redundant.
    const replaced = [...workers.values()].some(
      (other) =>
        worker && other.scope === worker.scope && other.seenAt > worker.seenAt && other.stoppedAt === null,
    )
    const notes = [
      cut > 0 ? t('note_cut') : '',
      replaced && (body.how === 'stopped' || body.how === 'gone') ? t('note_replaced') : '',
    ]
    rows.add(event, null, { note: notes.filter(Boolean).join('; ') })
  }

  const one = (event: SessionEvent, body: WorkerBody) => {
    switch (body.type) {
      case 'tracer':
        tracer = body
        rows.add(event, null)
        return
      case 'worker-seen': {
        origins.add(originOf(body.url))
        const pauses = fetches.ofScope(originOf(body.url), body.scope).pauses
        workers.set(body.worker, newWorker(body, event.at, pauses))
        started.set(body.worker, rows.add(event, null))
        return
      }
      case 'worker-state': {
        const worker = workers.get(body.worker)
        if (worker) worker.state = body.state
        rows.add(event, null, { note: worker?.scope ?? '' })
        return
      }
      case 'worker-stopped':
        return stopped(event, body)
      case 'worker-untraced':
        rows.add(event, null)
        return
      // They are about a fetch, or none.
      case 'page-call':
      case 'call-options':
      case 'worker-call':
      case 'fetch-not-seen':
        return
      case 'page-error': {
        const fetch = justAborted(fetches.all, event.at)
        // The log may have been cleared since the abort.
        if (fetch) rows.add(event, fetch, sinceAbortOrEnd(fetch, event.at))
        return
      }
      case 'worker-scripts': {
        const worker = workers.get(body.worker)
        if (worker) worker.scripts = body
        // What they mention is shown with the worker, which reads them at each start.
        if (wrongEvents(body).length > 0) rows.add(event, null)
        scriptFindings.add(event, body, worker)
        return
      }
      case 'handler-breakpoints':
      case 'worker-paused':
      case 'worker-resumed':
      case 'worker-not-paused':
        return pauseRows.apply(event, body)
      case 'dispatched':
        return dispatched(event, body)
      case 'console-counted': {
        const worker = workers.get(body.worker)
        if (worker && body.atLeast) worker.logIncompleteAt = event.at
        return messages.apply(event, body)
      }
      default:
        messages.apply(event, body)
    }
  }

  return {
    get all() {
      return [...workers.values()]
    },
    get tracer() {
      return tracer
    },
    apply(event, body) {
      takenBack.begin()
      one(event, body)
      if ('worker' in body) late.heard(event, body)
    },
    takenBack: takenBack.fetches,
    placeOf(name) {
      const worker = workers.get(name)
      return worker && { origin: originOf(worker.url), scope: worker.scope }
    },
    concerned(body) {
      if (!('event' in body) || body.type === 'rejection-handled') return []
      const isShared = body.event === null && errorText(body) !== null
      const traced = events.get(`${body.worker}:${body.event}`)
      const about = isShared ? (workers.get(body.worker)?.open ?? []) : traced ? [traced] : []
      return about.flatMap(({ fetch, dispatched }) => (fetch && dispatched.isTrusted ? [fetch] : []))
    },
    interrupted({ at }) {
      for (const worker of workers.values()) if (worker.stoppedAt === null) end(worker, at, true)
    },
    forgetEnded() {
      for (const [key, { worker, doneAt }] of events) {
        if (worker?.stoppedAt !== null || doneAt !== null) events.delete(key)
      }
      for (const [name, { stoppedAt }] of workers) {
        if (stoppedAt === null) continue
        workers.delete(name)
        started.delete(name)
      }
      messages.forget(fetches.all)
      late.forget()
      scriptFindings.forget()
    },
    ...eventFetches,
    over(event, fetch) {
      if (tracer?.state !== 'on') return
      const untraced = untracedEnd(fetch, workers.values(), origins.has(fetch.storageKey))
      if (untraced) late.notTraced(event, fetch, untraced.worker, untraced.note)
    },
  }
}
