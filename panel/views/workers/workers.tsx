import { useState } from 'preact/hooks'
import type { WorkerProblem } from '../../../protocol/worker-events'
import { tracerText, workerProblemText } from '../../model/describe-worker'
import { oneLine, roughDuration } from '../../model/format'
import type { Worker } from '../../model/view'
import { useClock } from '../../state/clock'
import { model, past, request, revision } from '../../state/session'
import { settings } from '../../state/settings'
import { say } from '../../words/words'
import { setTrace } from '../toolbar/trace-switch'
import styles from './workers.module.css'

const text = {
  label: say('workers_label'),
  stop: say('workers_stop'),
  stopOne: say('workers_stop_one'),
  stopHint: say('workers_stop_hint'),
  again: say('workers_again'),
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

function WorkerItem({ worker, alone }: { readonly worker: Worker; readonly alone: boolean }) {
  // A worker is changed in place: what says so is the revision.
  revision.value
  const [problem, setProblem] = useState<WorkerProblem | null>(null)
  const stop = () => {
    request((background) => background.stopWorker(worker.worker)).then(setProblem, (error: Error) =>
      setProblem({ reason: 'error', detail: error.message }),
    )
  }
  return (
    <li class={styles.worker}>
      <span class={styles.name} title={say('workers_scope', worker.url, worker.scope)}>
        {path(worker.url)}
      </span>
      <span class={styles.state}>{worker.state}</span>
      <Handling worker={worker} />
      <button
        type="button"
        class={styles.button}
        title={text.stopHint}
        disabled={past.value !== null}
        aria-label={alone ? text.stopOne : say('workers_stop_of', path(worker.url))}
        onClick={stop}
      >
        {text.stop}
      </button>
      {problem && <span class={styles.problem}>{workerProblemText(problem)}</span>}
    </li>
  )
}

/** The running workers that are traced, or why none are. */
export function Workers() {
  revision.value
  const { tracer } = model
  const readOnly = past.value !== null
  if ((readOnly || settings.trace.value) && tracer?.state === 'failed') {
    return (
      <div class={styles.failed} role="note">
        <span>{tracerText(tracer)}.</span>
        {!readOnly && (
          <button type="button" class={styles.button} onClick={() => setTrace(true)}>
            {text.again}
          </button>
        )}
      </div>
    )
  }
  const running = model.workers.filter((worker) => worker.stoppedAt === null)
  if (tracer?.state !== 'on' || running.length === 0) return null
  return (
    <ul class={styles.list} aria-label={text.label}>
      {running.map((worker) => (
        <WorkerItem key={worker.worker} worker={worker} alone={running.length === 1} />
      ))}
    </ul>
  )
}
