import { computed } from '@preact/signals'
import { now } from '../../wire/clock'
import { duration, oneLine } from '../model/format'
import type { Fetch } from '../model/view'
import { useClock } from '../state/clock'
import { model, revision } from '../state/session'
import styles from './answers.module.css'

/** How long a page may take to answer before the panel wonders, in milliseconds. */
const PATIENCE = 3000

const latest = computed((): { fetch: Fetch; revision: number } | null => {
  const at = revision.value
  let found: Fetch | null = null
  for (const fetch of model.fetches) {
    if (fetch.abort && fetch.abort.at >= (found?.abort?.at ?? 0)) found = fetch
  }
  return found && { fetch: found, revision: at }
})

function text({ abort, settledAt }: Fetch, at: number): { text: string; bad: boolean } {
  if (!abort) return { text: '', bad: false }
  const { outcome, answeredAt } = abort
  const took = answeredAt === null ? '' : ` after ${duration(answeredAt - abort.at)}`
  if (!outcome) {
    if (settledAt !== null) return { text: 'aborted', bad: false }
    if (at - abort.at < PATIENCE) return { text: 'aborting…', bad: false }
    return { text: 'still aborting: the page does not answer. Is it paused in the debugger?', bad: true }
  }
  if (outcome.kind === 'resolved' && outcome.value) return { text: `aborted${took}`, bad: false }
  if (outcome.kind === 'resolved') {
    return { text: 'not aborted: it had already finished, or its registration is gone', bad: true }
  }
  if (outcome.kind === 'already-finished') return { text: 'not aborted: it had already finished', bad: true }
  if (outcome.kind === 'rejected') return { text: `abort failed: ${outcome.error}`, bad: true }
  return { text: `not aborted: ${outcome.detail}`, bad: true }
}

/** What became of the last press of Abort, in every case. */
export function Answers() {
  const fetch = latest.value?.fetch
  const pending = fetch?.abort?.outcome === null
  const clock = useClock(pending)
  const answer = fetch && text(fetch, clock || now())
  return (
    <div role="status" class={answer ? (answer.bad ? styles.bad : styles.good) : styles.none}>
      {fetch && answer && (
        <>
          <b class={styles.id}>{oneLine(fetch.id, 60)}</b> {answer.text}
        </>
      )}
    </div>
  )
}
