import { t } from '../../i18n/i18n'
import { tracerText } from '../../model/describe/describe-worker'
import { shownWorkers } from '../../model/workers/worker-handlers'
import { model, past, revision } from '../../state/session/session'
import { settings } from '../../state/settings'
import { setTrace } from '../toolbar/trace-switch'
import { WorkerItem } from './worker-item'
import styles from './workers.module.css'

const text = { label: t('workers_label'), again: t('workers_again') }

/** The workers that are traced and what they listen to, or why none are. */
export function Workers() {
  revision.value
  const { tracer, unreachable } = model()
  const readOnly = past.value !== null
  if ((readOnly || settings.trace.value) && tracer?.state === 'failed') {
    // The page can't be observed at all, which is said above.
    if (unreachable) return null
    return (
      <div class={styles.failed} role="note">
        <span>{tracerText(tracer)}</span>
        {!readOnly && (
          <button type="button" class={styles.button} onClick={() => setTrace(true)}>
            {text.again}
          </button>
        )}
      </div>
    )
  }
  if (tracer?.state !== 'on') return null
  const scopes = new Set([...model().frames.values()].flatMap((frame) => frame.scopes))
  const workers = shownWorkers(model().workers, scopes)
  if (workers.length === 0) return null
  const firsts = new Set(new Map(workers.toReversed().map((worker) => [worker.scope, worker])).values())
  const running = workers.filter(({ stoppedAt }) => stoppedAt === null)
  return (
    <ul class={styles.list} aria-label={text.label}>
      {workers.map((worker) => (
        <WorkerItem
          key={worker.worker}
          worker={worker}
          alone={running.length === 1}
          first={firsts.has(worker)}
        />
      ))}
    </ul>
  )
}
