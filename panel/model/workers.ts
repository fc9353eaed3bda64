import type { BodyOf, SessionEvent } from '../../protocol/events'
import type { WorkerBody } from '../../protocol/worker-events'
import { say } from '../words/words'
import type { Fetches } from './fetches'
import type { More, Rows } from './rows'
import { endEvent, type Fetch, type Row, type TracedEvent, type Worker } from './view'

export interface Workers {
  readonly all: readonly Worker[]
  readonly tracer: BodyOf<'tracer'> | null
  apply(event: SessionEvent, body: WorkerBody): void
  /** Lets go of runs that are over, and of their events. What a fetch or a row speaks of, it keeps itself. */
  forgetEnded(): void
  /** The page saw the event for a fetch's end be over: was it traced? */
  over(event: SessionEvent, fetch: Fetch): void
}

/** A worker that is started for an event gets it within this time, in milliseconds. */
const FOR_IT = 2000

const originOf = (url: string): string => {
  try {
    return new URL(url).origin
  } catch {
    return ''
  }
}

/** The worker's side of the session: runs of workers, and the events in them. */
export function createWorkers(fetches: Fetches, rows: Rows): Workers {
  const workers = new Map<string, Worker>()
  const events = new Map<string, TracedEvent>()
  const untraced = new Map<Fetch, Row>()
  const started = new Map<string, Row>()
  /** Of workers that were ever seen. */
  const origins = new Set<string>()
  let tracer: BodyOf<'tracer'> | null = null

  /** An id may be in use again when the event of the fetch before it comes. */
  const fetchOf = (worker: Worker, body: BodyOf<'dispatched'>, at: number): Fetch | undefined => {
    const storageKey = originOf(worker.url)
    const latest = fetches.named(storageKey, worker.scope, body.id)
    if (!latest || latest.occurrence === 1 || body.name === 'backgroundfetchclick') return latest
    const expecting = fetches.all.filter(
      (fetch) =>
        fetch.storageKey === storageKey &&
        fetch.scope === worker.scope &&
        fetch.id === body.id &&
        fetch.settledAt !== null &&
        (fetch.overAt === null || at <= fetch.overAt) &&
        endEvent(fetch.attributes) === body.name &&
        !fetch.events.some(({ dispatched }) => dispatched.name === body.name),
    )
    return expecting.at(-1) ?? latest
  }

  const dispatched = (event: SessionEvent, body: BodyOf<'dispatched'>) => {
    const worker = workers.get(body.worker) ?? null
    const fetch = worker ? fetchOf(worker, body, event.at) : undefined
    const traced: TracedEvent = {
      key: `${body.worker}:${body.event}`,
      at: event.at,
      dispatched: body,
      worker,
      fetch: fetch ?? null,
      returnedAt: null,
      doneAt: null,
      cutAt: null,
      lost: false,
      threw: false,
      refused: 0,
      waited: [],
    }
    events.set(traced.key, traced)
    worker?.open.push(traced)
    if (body.handlers !== null) worker?.listened.set(body.name, body.handlers > 0)
    const start = started.get(body.worker)
    // One that was installed first did not start for it.
    const atOnce = start?.event.body.type === 'worker-seen' && start.event.body.state === 'activated'
    if (start?.note === '' && atOnce && event.at - start.at < FOR_IT) start.note = body.name
    fetch?.events.push(traced)
    const early = fetch && untraced.get(fetch)
    if (early) rows.remove(early)
    rows.add(event, fetch ?? null, { traced })
    // The script's own listener may have run before the probe's, and written to the console meanwhile.
    const claimed = rows.claim(({ at, event: { body: early }, traced: other }) => {
      if (early.type !== 'console' && early.type !== 'exception') return false
      return at >= event.at && other === null && early.worker === body.worker
    }, traced)
    // What was thrown between the event and the probe's turn was thrown by a listener.
    if (claimed.some(({ kind }) => kind === 'exception')) traced.threw = true
  }

  /** A rejection that nobody caught is told a moment after the event that waited for it was done. */
  const causeOf = (event: SessionEvent, body: WorkerBody): TracedEvent | null => {
    if (body.type !== 'exception') return null
    const { message } = body.error
    const same = [...events.values()].filter(
      ({ dispatched, doneAt, waited }) =>
        dispatched.worker === body.worker &&
        doneAt !== null &&
        event.at - doneAt < 1000 &&
        waited.some(({ error }) => error?.message === message),
    )
    return same.at(-1) ?? null
  }

  const close = (traced: TracedEvent) => {
    const at = traced.worker?.open.indexOf(traced) ?? -1
    if (at >= 0) traced.worker?.open.splice(at, 1)
  }

  const ofEvent = (event: SessionEvent, body: Extract<WorkerBody, { event: number | null }>) => {
    const traced = events.get(`${body.worker}:${body.event}`) ?? causeOf(event, body)
    const since = (start: number | undefined): More => ({
      traced,
      after: start === undefined ? null : event.at - start,
    })
    const add = (more: More = { traced }) => rows.add(event, traced?.fetch ?? null, more)
    switch (body.type) {
      case 'handler-returned':
        if (traced) traced.returnedAt = event.at
        // Nothing listened: there is nothing that could have returned.
        return traced?.dispatched.handlers === 0 ? undefined : add(since(traced?.at))
      case 'wait-until':
        // Only a listener can call it.
        traced?.worker?.listened.set(traced.dispatched.name, true)
        traced?.waited.push({
          n: body.n,
          at: event.at,
          given: body.given,
          location: body.location,
          settledAt: null,
          error: null,
        })
        return add()
      case 'promise-settled': {
        const waited = traced?.waited.find(({ n }) => n === body.n)
        if (waited) {
          waited.settledAt = event.at
          waited.error = body.error
        }
        return waited && waited.given !== 'promise' ? undefined : add(since(waited?.at))
      }
      case 'wait-until-refused':
        if (traced) traced.refused++
        return add()
      case 'event-done':
        if (traced) {
          traced.doneAt = event.at
          close(traced)
        }
        return add(since(traced?.at))
      case 'exception':
        if (traced && body.byHandler) traced.threw = true
        return add()
      default:
        return add()
    }
  }

  const stopped = (event: SessionEvent, body: BodyOf<'worker-stopped'>) => {
    const worker = workers.get(body.worker)
    if (worker) {
      worker.stoppedAt = event.at
      worker.open.length = 0
    }
    const over = body.how === 'asked' || body.how === 'stopped'
    let cut = 0
    for (const traced of events.values()) {
      if (traced.worker !== worker || traced.doneAt !== null) continue
      traced.cutAt ??= event.at
      traced.lost = !over
      cut++
    }
    // The browser stops a worker that is replaced before it can hear that it is redundant.
    const replaced = [...workers.values()].some(
      (other) =>
        worker && other.scope === worker.scope && other.seenAt > worker.seenAt && other.stoppedAt === null,
    )
    const notes = [
      cut > 0 ? say('note_cut') : '',
      replaced && (body.how === 'stopped' || body.how === 'gone') ? say('note_replaced') : '',
    ]
    rows.add(event, null, { note: notes.filter(Boolean).join('; ') })
  }

  return {
    get all() {
      return [...workers.values()]
    },
    get tracer() {
      return tracer
    },
    apply(event, body) {
      switch (body.type) {
        case 'tracer':
          tracer = body
          rows.add(event, null)
          return
        case 'worker-seen': {
          const { worker, url, scope, how, state } = body
          origins.add(originOf(url))
          workers.set(worker, {
            worker,
            url,
            scope,
            how,
            state,
            seenAt: event.at,
            stoppedAt: null,
            open: [],
            listened: new Map(),
          })
          started.set(worker, rows.add(event, null))
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
        case 'dispatched':
          return dispatched(event, body)
        default:
          ofEvent(event, body)
      }
    },
    forgetEnded() {
      for (const [key, { worker }] of events) if (worker?.stoppedAt !== null) events.delete(key)
      for (const [name, { stoppedAt }] of workers) {
        if (stoppedAt === null) continue
        workers.delete(name)
        started.delete(name)
      }
    },
    over(event, fetch) {
      if (tracer?.state !== 'on') return
      const name = endEvent(fetch.attributes)
      if (fetch.events.some(({ dispatched }) => dispatched.name === name)) return
      const running = [...workers.values()].some(
        ({ url, scope, seenAt, stoppedAt }) =>
          scope === fetch.scope &&
          originOf(url) === fetch.storageKey &&
          stoppedAt === null &&
          seenAt < (fetch.settledAt ?? event.at),
      )
      const late = origins.has(fetch.storageKey) ? 'note_too_late' : 'note_foreign'
      const note = say(running ? 'note_unseen' : late)
      untraced.set(fetch, rows.add(event, fetch, { kind: 'not-traced', note }))
    },
  }
}
