import { type EndEvent, endEvents } from '../../../protocol/event-names'
import type { ScriptMention } from '../../../protocol/worker-events'
import type { Worker } from '../session/view'

/** What is known of a worker's listeners to one event, and from where. */
export interface WorkerHandler {
  readonly event: EndEvent
  /** The event's name without what all of them begin with. */
  readonly name: string
  readonly listens: 'yes' | 'no' | 'unknown'
  /**
   * `seen` when the event was dispatched; `added` when the script ran, as the tracer was there; `script` only in the
   * text of its scripts.
   */
  readonly from: 'seen' | 'added' | 'script' | null
  /** Where its scripts mention it best. */
  readonly mention: ScriptMention | null
}

const mentionOf = ({ scripts }: Worker, event: string): ScriptMention | null =>
  scripts?.mentions.find(({ name }) => name === event) ?? null

/** Its scripts have all of their text in reach, and nothing in their code from which the event's name may be put together. */
const isUnmentioned = ({ scripts }: Worker, event: string): boolean =>
  scripts?.complete === true &&
  !scripts.mentions.some(({ name, as }) => as === 'text' && event.startsWith(name))

/** What the scripts say of listeners to an event; null where they say nothing. */
function fromScripts(
  worker: Worker,
  event: string,
  mention: ScriptMention | null,
): WorkerHandler['listens'] | null {
  if (mention?.as === 'listener') return 'yes'
  if (mention?.as === 'text') return 'unknown'
  return isUnmentioned(worker, event) ? 'no' : null
}

/**
 * Which events for the end of a fetch a worker listens to. What was seen at run time counts before what the text of its
 * scripts mentions; what is known from neither is unknown.
 */
export const workerHandlers = (worker: Worker): WorkerHandler[] =>
  endEvents.map((event) => {
    const seen = worker.listened.get(event)
    const mention = mentionOf(worker, event)
    const added = worker.scripts?.added.find(({ name }) => name === event)?.count ?? null
    const script = fromScripts(worker, event, mention)
    const name = event.replace('backgroundfetch', '')
    if (seen !== undefined) return { event, name, listens: seen ? 'yes' : 'no', from: 'seen', mention }
    if (added !== null) return { event, name, listens: added > 0 ? 'yes' : 'no', from: 'added', mention }
    return { event, name, listens: script ?? 'unknown', from: script && 'script', mention }
  })

/**
 * The runs of workers that are worth showing: those that run, and of each script the last one that was stopped where
 * nothing runs any more, as long as a page of its scope is watched and no other script is active there since.
 *
 * @param scopes those of the pages that are watched
 */
export function shownWorkers(workers: readonly Worker[], scopes: ReadonlySet<string>): readonly Worker[] {
  const last = new Map(workers.map((worker) => [`${worker.scope} ${worker.url}`, worker]))
  const runs = new Set(workers.filter(({ stoppedAt }) => stoppedAt === null).map(({ scope }) => scope))
  /** Of a worker that is replaced while it does not run, nothing is reported. */
  const isReplaced = ({ scope, url }: Worker, i: number) =>
    workers.slice(i + 1).some((one) => one.scope === scope && one.url !== url && one.state === 'activated')
  return workers.filter((worker, i) => {
    if (worker.stoppedAt === null) return true
    const { scope, url, state } = worker
    return (
      last.get(`${scope} ${url}`) === worker &&
      !runs.has(scope) &&
      scopes.has(scope) &&
      state !== 'redundant' &&
      !isReplaced(worker, i)
    )
  })
}
