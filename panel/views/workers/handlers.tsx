import { useState } from 'preact/hooks'
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

/** What is known of a handler, in words. */
const titleOf = (handler: WorkerHandler, places: string): string =>
  [handlerTitle(handler), places && t('workers_pauses', places)].filter(Boolean).join('\n')

/** There is a place that says so, which DevTools can show. */
const leads = ({ mention }: WorkerHandler): boolean => mention !== null && past.value === null

interface Props {
  readonly handler: WorkerHandler
  readonly places: string
  /** What is known of it is shown below. */
  readonly explained: boolean
  explain(event: string | null): void
}

/**
 * Whether the worker listens to an event. It leads to the place that says so where there is one; otherwise it shows what its
 * tooltip says, for who has no pointer.
 */
function Handler({ handler, places, explained, explain }: Props) {
  const { event, name, listens, from, mention } = handler
  const title = titleOf(handler, places)
  const face = `${name} ${known(handler)}`
  const more =
    mention && leads(handler)
      ? { class: styles.mention, onClick: () => void showInSources(mention.location) }
      : {
          class: styles.tick,
          'aria-expanded': explained,
          onClick: () => explain(explained ? null : event),
        }
  return (
    <li data-listens={listens} data-from={from ?? ''} data-pauses={places !== ''}>
      <button type="button" title={title} aria-label={`${face}: ${title}`} {...more}>
        {face}
      </button>
    </li>
  )
}

/** Which events for the end of a fetch the worker listens to, as far as is known. */
export function Handlers({ worker }: { readonly worker: Worker }) {
  // A worker is changed in place: what says so is the revision.
  revision.value
  const [explained, explain] = useState<string | null>(null)
  const all = workerHandlers(worker).map((handler) => ({ handler, places: pausePlaces(worker, handler) }))
  const shown = all.find(({ handler }) => handler.event === explained && !leads(handler))
  return (
    <>
      <ul class={styles.handlers} aria-label={text.handlers}>
        {all.map(({ handler, places }) => (
          <Handler
            key={handler.event}
            handler={handler}
            places={places}
            explained={handler.event === explained}
            explain={explain}
          />
        ))}
      </ul>
      {shown && <span class={styles.explained}>{titleOf(shown.handler, shown.places)}</span>}
    </>
  )
}
