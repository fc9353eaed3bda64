import { t } from '../../i18n/i18n'
import { placesText } from '../../model/describe/pause-text'
import { handlerTitle } from '../../model/describe/worker-handler-text'
import type { Worker } from '../../model/session/view'
import { type WorkerHandler, workerHandlers } from '../../model/workers/worker-handlers'
import { showInSources } from '../../state/log/original-places'
import { pauseOn } from '../../state/pause-on'
import { past, revision } from '../../state/session/session'
import styles from './workers.module.css'

const text = {
  handlers: t('workers_handlers'),
  inScript: t('workers_face_script'),
  inComment: t('workers_face_comment'),
  notInScript: t('workers_face_none'),
}

const sign = { yes: '✓', no: '–', unknown: '?' } as const

/** What stands beside the name of an event: what only the script's text says is said to be of it. */
function known({ from, listens, mention }: WorkerHandler): string {
  if (from !== 'script' || listens === 'unknown') return sign[listens]
  if (listens === 'yes') return text.inScript
  return mention ? text.inComment : text.notInScript
}

/** Where the worker pauses for an event, as it is chosen now. */
function pausePlaces({ breakpoints }: Worker, { event }: WorkerHandler): string {
  const locations = pauseOn.value.includes(event) ? (breakpoints.get(event)?.locations ?? []) : []
  return placesText(locations)
}

/** Whether the worker listens to an event, which leads to the place that says so where there is one. */
function Handler({ handler, places }: { readonly handler: WorkerHandler; readonly places: string }) {
  const { event, name, listens, from, mention } = handler
  const title = [handlerTitle(handler), places && t('workers_pauses', places)].filter(Boolean).join('\n')
  const face = `${name} ${known(handler)}`
  const common = { 'data-listens': listens, 'data-from': from ?? '', 'data-pauses': places !== '' }
  if (!mention || past.value) {
    return (
      <li key={event} {...common} title={title} aria-label={title}>
        {face}
      </li>
    )
  }
  return (
    <li key={event} {...common}>
      <button
        type="button"
        class={styles.mention}
        title={title}
        aria-label={`${face}: ${title}`}
        onClick={() => void showInSources(mention.location)}
      >
        {face}
      </button>
    </li>
  )
}

/** Which events for the end of a fetch the worker listens to, as far as is known. */
export function Handlers({ worker }: { readonly worker: Worker }) {
  // A worker is changed in place: what says so is the revision.
  revision.value
  return (
    <ul class={styles.handlers} aria-label={text.handlers}>
      {workerHandlers(worker).map((handler) => (
        <Handler key={handler.event} handler={handler} places={pausePlaces(worker, handler)} />
      ))}
    </ul>
  )
}
