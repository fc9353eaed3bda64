import { useState } from 'preact/hooks'
import type { WorkerProblem } from '../../../protocol/worker-events'
import { workerProblemText } from '../../model/describe-worker'
import { oneLine, roughDuration } from '../../model/format'
import type { Worker } from '../../model/view'
import { type WorkerHandler, workerHandlers } from '../../model/worker-handlers'
import { useClock } from '../../state/clock'
import { past, request, revision } from '../../state/session'
import { say } from '../../words/words'
import styles from './workers.module.css'

const text = {
  stop: say('workers_stop'),
  stopHint: say('workers_stop_hint'),
  running: say('workers_running'),
  stopped: say('workers_stopped'),
  handlers: say('workers_handlers'),
}

const path = (url: string) => oneLine(url.replace(/^https?:\/\/[^/]+/, ''))

/** An event is said to be handled from this long on, in milliseconds: a quick handler would only flash. */
const LONG = 1000

/** What the worker is busy with, and since when. */
function Handling({ worker }: { readonly worker: Worker }) {
  revision.value
  const [first] = worker.open
  const now = useClock(first !== undefined)
  if (!first || now - first.at < LONG) return null
  const { name, id } = first.dispatched
  const handling = say('workers_handling', roughDuration(now - first.at), name, oneLine(id, 60))
  return (
    <span class={styles.handling} title={handling}>
      {handling}
    </span>
  )
}

const sign = { yes: '✓', no: '–', unknown: '?' } as const

function handlerTitle({ event, listens, from }: WorkerHandler): string {
  if (listens === 'unknown') return say('workers_listens_unknown', event)
  if (from === 'script') return say(listens === 'yes' ? 'workers_script_yes' : 'workers_script_no', event)
  return say(listens === 'yes' ? 'workers_listens_yes' : 'workers_listens_no', event)
}

/** Which events for the end of a fetch the worker listens to, as far as is known. */
function Handlers({ worker }: { readonly worker: Worker }) {
  return (
    <ul class={styles.handlers} aria-label={text.handlers}>
      {workerHandlers(worker).map((handler) => {
        const title = handlerTitle(handler)
        return (
          <li key={handler.event} data-listens={handler.listens} title={title} aria-label={title}>
            {handler.name} {sign[handler.listens]}
          </li>
        )
      })}
    </ul>
  )
}

/** Opens the script in DevTools' Sources panel. */
function Script({ worker }: { readonly worker: Worker }) {
  const { url, scope } = worker
  const title = say('workers_scope', url, scope)
  if (past.value) {
    return (
      <span class={styles.name} title={title}>
        {path(url)}
      </span>
    )
  }
  return (
    <button
      type="button"
      class={`${styles.name} ${styles.link}`}
      title={title}
      onClick={() => chrome.devtools.panels.openResource(url, 0, 0, () => {})}
    >
      {path(url)}
    </button>
  )
}

interface Props {
  readonly worker: Worker
  /** No other worker is shown that its button could be mistaken for. */
  readonly alone: boolean
}

/** One run of a worker: its script, its state, what it listens to, and the button that stops it. */
export function WorkerItem({ worker, alone }: Props) {
  // A worker is changed in place: what says so is the revision.
  revision.value
  const [problem, setProblem] = useState<WorkerProblem | null>(null)
  const runs = worker.stoppedAt === null
  const running = runs ? text.running : text.stopped
  const state = say('workers_state', worker.state, running)
  const stop = () => {
    request((background) => background.stopWorker(worker.worker)).then(setProblem, (error: Error) =>
      setProblem({ reason: 'error', detail: error.message }),
    )
  }
  return (
    <li class={styles.worker} data-runs={runs}>
      <Script worker={worker} />
      <span class={styles.state} title={state}>
        {worker.state === 'activated' ? running : state}
      </span>
      <Handlers worker={worker} />
      <Handling worker={worker} />
      {runs && (
        <button
          type="button"
          class={styles.button}
          title={text.stopHint}
          disabled={past.value !== null}
          aria-label={alone ? text.stop : say('workers_stop_of', path(worker.url))}
          onClick={stop}
        >
          {text.stop}
        </button>
      )}
      {problem && <span class={styles.problem}>{workerProblemText(problem)}</span>}
    </li>
  )
}
