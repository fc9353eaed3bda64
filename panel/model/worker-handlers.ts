import type { BackgroundFetchEventName } from '../../protocol/worker-events'
import type { Worker } from './view'

/** The events for the end of a fetch, in the order in which they are shown. */
const endEvents = ['backgroundfetchabort', 'backgroundfetchsuccess', 'backgroundfetchfail'] as const

/** Whether the text of a worker's scripts adds a listener to an event. */
export type ScriptHandlers = ReadonlyMap<BackgroundFetchEventName, boolean>

/** What is known of a worker's listeners to one event, and from where. */
export interface WorkerHandler {
  readonly event: (typeof endEvents)[number]
  /** The event's name without what all of them begin with. */
  readonly name: string
  readonly listens: 'yes' | 'no' | 'unknown'
  /** `seen` when the event was dispatched; `script` only in the text of its scripts. */
  readonly from: 'seen' | 'script' | null
}

/**
 * Which events for the end of a fetch a worker listens to. What was seen at run time counts before what its scripts
 * say; what is known from neither is unknown.
 *
 * @param script null where the scripts were not read
 */
export const workerHandlers = (worker: Worker, script: ScriptHandlers | null = null): WorkerHandler[] =>
  endEvents.map((event) => {
    const seen = worker.listened.get(event)
    const known = seen ?? script?.get(event)
    const from = known === undefined ? null : seen === undefined ? 'script' : 'seen'
    return {
      event,
      name: event.replace('backgroundfetch', ''),
      listens: known === undefined ? 'unknown' : known ? 'yes' : 'no',
      from,
    }
  })

/**
 * The runs of workers that are worth showing: those that run, and of each script the last one that was stopped where
 * nothing runs any more, as long as a page of its scope is watched.
 *
 * @param scopes those of the pages that are watched
 */
export function shownWorkers(workers: readonly Worker[], scopes: ReadonlySet<string>): readonly Worker[] {
  const last = new Map(workers.map((worker) => [`${worker.scope} ${worker.url}`, worker]))
  const runs = new Set(workers.filter(({ stoppedAt }) => stoppedAt === null).map(({ scope }) => scope))
  return workers.filter((worker) => {
    if (worker.stoppedAt === null) return true
    const { scope, url, state } = worker
    return (
      last.get(`${scope} ${url}`) === worker && !runs.has(scope) && scopes.has(scope) && state !== 'redundant'
    )
  })
}
