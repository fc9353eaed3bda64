import { computed } from '@preact/signals'
import { now } from '../../wire/clock'
import { duration, oneLine } from '../model/format'
import type { Fetch } from '../model/view'
import { useClock } from '../state/clock'
import { model, revision } from '../state/session'
import { told } from '../words/told'
import { say } from '../words/words'
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
  if (!outcome) {
    if (settledAt !== null) return { text: say('answer_aborted'), bad: false }
    if (at - abort.at < PATIENCE) return { text: say('answer_aborting'), bad: false }
    return { text: say('answer_no_answer'), bad: true }
  }
  switch (outcome.kind) {
    case 'resolved':
      if (!outcome.value) return { text: say('answer_nothing'), bad: true }
      return {
        text:
          answeredAt === null
            ? say('answer_aborted')
            : say('answer_aborted_after', duration(answeredAt - abort.at)),
        bad: false,
      }
    case 'already-finished':
      return { text: say('answer_finished'), bad: true }
    case 'rejected':
      return { text: say('answer_rejected', outcome.error), bad: true }
    case 'page-gone':
      return { text: say('answer_not_aborted', told(outcome.detail)), bad: true }
    case 'unanswered':
      return { text: say('answer_unknown', told(outcome.detail)), bad: true }
  }
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
