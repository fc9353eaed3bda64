import type { SessionEvent } from '../../../protocol/events'
import type { WorkerBody } from '../../../protocol/worker-events'
import { createPace } from './pace'
import type { More, Rows } from './rows'
import type { Fetch, Row, TracedEvent } from './view'

export interface LateRows {
  /** The event was not over at this moment, as far as was heard of it. */
  stillRunning(event: SessionEvent, worker: string, traced: TracedEvent): void
  /** The event is over. */
  done(traced: TracedEvent): void
  /** The page saw the event end, and the worker that runs, if one does, reported nothing of it. */
  notTraced(event: SessionEvent, fetch: Fetch, worker: string | undefined, note: string): void
  /** The event for the end of this fetch was traced after all. */
  traced(fetch: Fetch): void
  /** A worker's message was taken in. */
  heard(event: SessionEvent, body: Extract<WorkerBody, { worker: string }>): void
  forget(): void
}

/** A row that waits until the worker's messages from before it have arrived. */
interface Held {
  readonly event: SessionEvent
  readonly fetch: Fetch | null
  readonly more: More
  readonly about: Fetch | TracedEvent
}

/**
 * Rows that say that something was not heard from a worker. While its messages come in a flood they wait until the
 * worker is heard of a later moment; what it says of an earlier one after all takes them back.
 */
export function createLateRows(rows: Rows): LateRows {
  const pace = createPace()
  const said = new WeakMap<Fetch | TracedEvent, Row>()
  const held = new Map<string, Held[]>()

  const put = ({ event, fetch, more, about }: Held) => {
    said.set(about, rows.add(event, fetch, more))
  }
  const sayOrHold = (worker: string | undefined, one: Held) => {
    if (worker === undefined || !pace.mayLag(worker, one.event.at)) return put(one)
    held.set(worker, [...(held.get(worker) ?? []), one])
  }
  /** What was said of it for this moment or a later one is wrong. */
  const takeBack = (about: Fetch | TracedEvent, since: number) => {
    const row = said.get(about)
    if (row && row.at >= since) {
      rows.remove(row)
      said.delete(about)
    }
    for (const [worker, all] of held) {
      const left = all.filter((one) => one.about !== about || one.event.at < since)
      if (left.length < all.length) held.set(worker, left)
    }
  }

  return {
    stillRunning(event, worker, traced) {
      // Its end may be known by now, and be from before.
      if (traced.doneAt !== null && traced.doneAt <= event.at) return
      sayOrHold(worker, { event, fetch: traced.fetch, more: { traced }, about: traced })
    },
    done(traced) {
      if (traced.doneAt !== null) takeBack(traced, traced.doneAt)
    },
    notTraced(event, fetch, worker, note) {
      sayOrHold(worker, { event, fetch, more: { kind: 'not-traced', note }, about: fetch })
    },
    traced: (fetch) => takeBack(fetch, Number.NEGATIVE_INFINITY),
    heard({ at }, body) {
      const { worker } = body
      if (body.type !== 'still-running') pace.heard(worker, at)
      const all = held.get(worker)
      if (all) {
        const over = body.type === 'worker-stopped'
        const due = over ? all : all.filter((one) => one.event.at < at)
        for (const one of due) put(one)
        const left = all.filter((one) => !due.includes(one))
        if (left.length > 0) held.set(worker, left)
        else held.delete(worker)
      }
      if (body.type === 'worker-stopped') pace.forget(worker)
    },
    forget: () => held.clear(),
  }
}
