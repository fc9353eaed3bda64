import type { BodyOf } from '../../../protocol/events'
import type { Pause } from '../session/pause'
import type { Fetch, TracedEvent, Worker } from '../session/view'

/**
 * A run of a worker of which nothing is known yet but that it is there.
 *
 * @param pauses of the runs of its scope
 */
export function newWorker(
  { worker, url, scope, how, state }: BodyOf<'worker-seen'>,
  at: number,
  pauses: Pause[],
): Worker {
  return {
    worker,
    url,
    scope,
    how,
    state,
    seenAt: at,
    stoppedAt: null,
    open: [],
    listened: new Map(),
    logIncompleteAt: null,
    scripts: null,
    pauses,
    breakpoints: new Map(),
  }
}

/** An event in a worker that has just been dispatched. */
export function newTracedEvent(
  body: BodyOf<'dispatched'>,
  at: number,
  worker: Worker | null,
  fetch: Fetch | null,
): TracedEvent {
  return {
    key: `${body.worker}:${body.event}`,
    at,
    dispatched: body,
    worker,
    fetch,
    returnedAt: null,
    doneAt: null,
    cutAt: null,
    lost: false,
    threw: false,
    thrown: '',
    errors: [],
    shared: [],
    errorsDropped: false,
    // Its listeners may have run before this was reported, and written to the console.
    logIncomplete: (worker?.logIncompleteAt ?? 0) >= at,
    isPartial: false,
    refused: 0,
    promises: 0,
    counted: { called: 0, awaited: 0, fulfilled: 0, rejected: 0 },
    waited: [],
  }
}
