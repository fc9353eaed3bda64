import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { oneLine, roughDuration } from '../../model/format'
import type { Worker } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { isPaused } from '../../model/workers/pauses'
import { openScript } from '../../state/log/original-places'
import { useClock } from '../../state/session/clock'
import { past, revision } from '../../state/session/session'
import { openContextMenu } from '../menu/context-menu'
import { Confirm } from './confirm'
import { Handlers } from './handlers'
import { ScriptFindings } from './script-findings'
import { useActions } from './worker-actions'
import { WorkerMenu, workerEntries } from './worker-menu'
import styles from './workers.module.css'

const text = {
  stop: t('workers_stop'),
  stopHint: t('workers_stop_hint'),
  running: t('workers_running'),
  stopped: t('workers_stopped'),
  unregister: t('workers_unregister_sure'),
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
  const since = roughDuration(now - first.at)
  const handling = t(
    isPaused(first) ? 'workers_paused' : 'workers_handling',
    since,
    name,
    oneLine(shownId(id), 60),
  )
  return (
    <span class={styles.handling} title={handling}>
      {handling}
    </span>
  )
}

/** Opens the script in DevTools' Sources panel. */
function Script({ worker }: { readonly worker: Worker }) {
  const { url, scope } = worker
  const title = t('workers_scope', url, scope)
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
      onClick={() => openScript({ url, line: 1, column: 1 })}
    >
      {path(url)}
    </button>
  )
}

interface Props {
  readonly worker: Worker
  /** No other worker is shown that its button could be mistaken for. */
  readonly alone: boolean
  /** No other run of its scope is shown before it. */
  readonly first: boolean
}

/** One run of a worker: its script, its state, what it listens to, and what can be done with it. */
export function WorkerItem({ worker, alone, first }: Props) {
  // A worker is changed in place: what says so is the revision.
  revision.value
  const { answer, stop, restart, update, unregister } = useActions(worker, first)
  const [asks, setAsks] = useState(false)
  const runs = worker.stoppedAt === null
  const running = runs ? text.running : text.stopped
  const state = t('workers_state', worker.state, running)
  const name = path(worker.url)
  const label = t('workers_menu', name)
  const entries = workerEntries({ worker, restart, update, unregister: () => setAsks(true) })
  return (
    <li
      class={styles.worker}
      data-runs={runs}
      onContextMenu={(event) => openContextMenu(event, label, entries)}
    >
      <Script worker={worker} />
      <span class={styles.state} title={state}>
        {worker.state === 'activated' ? running : state}
      </span>
      <Handlers worker={worker} />
      <Handling worker={worker} />
      <span class={styles.commands}>
        {runs && (
          <button
            type="button"
            class={styles.button}
            title={text.stopHint}
            disabled={past.value !== null}
            aria-label={alone ? text.stop : t('workers_stop_of', name)}
            onClick={stop}
          >
            {text.stop}
          </button>
        )}
        <WorkerMenu label={label} entries={entries} />
      </span>
      {asks && (
        <Confirm
          question={t('workers_unregister_ask', oneLine(worker.scope, 80))}
          label={text.unregister}
          cancel={() => setAsks(false)}
          act={() => {
            setAsks(false)
            unregister()
          }}
        />
      )}
      {answer && (
        <span class={answer.bad ? styles.problem : styles.state} role="status">
          {answer.text}
        </span>
      )}
      <ScriptFindings worker={worker} />
    </li>
  )
}
