import { computed } from '@preact/signals'
import { duration, oneLine } from '../model/format'
import type { Fetch } from '../model/view'
import { useClock } from '../state/clock'
import { knownUntil, model, revision } from '../state/session'
import { say } from '../words/words'
import styles from './answers.module.css'

/** How long a page may take to answer before the panel wonders, in milliseconds. */
const PATIENCE = 3000

/** Aborts that were asked for within this time were asked for with one press, in milliseconds. */
const TOGETHER = 100

/** The fetches of the last press. */
const latest = computed((): { fetches: readonly Fetch[]; revision: number } => {
  const at = revision.value
  const asked = model.fetches.filter(({ abort }) => abort !== null)
  const last = asked.reduce((latest, { abort }) => Math.max(latest, abort?.at ?? 0), 0)
  return { fetches: asked.filter(({ abort }) => abort && abort.at > last - TOGETHER), revision: at }
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
      return { text: say('answer_not_aborted', say('page_gone')), bad: true }
    case 'unanswered':
      return { text: say('answer_unknown', say('page_left')), bad: true }
  }
}

/** What became of the last press of Abort or Abort all, in every case. What went wrong comes first. */
export function Answers() {
  const { fetches } = latest.value
  const pending = fetches.filter(({ abort }) => abort?.outcome === null)
  const clock = useClock(pending.length > 0)
  const answers = fetches.map((fetch) => ({ fetch, ...text(fetch, clock || knownUntil()) }))
  const bad = answers.find((answer) => answer.bad)
  const shown = bad ?? answers.find(({ fetch }) => pending.includes(fetch)) ?? answers.at(-1)
  const all = answers.length > 1 && !bad && pending.length === 0
  return (
    <div role="status" class={shown ? (shown.bad ? styles.bad : styles.good) : styles.none}>
      {all && say('answer_all', answers.length)}
      {!all && shown && (
        <>
          <b class={styles.id}>{oneLine(shown.fetch.id, 60)}</b> {shown.text}
        </>
      )}
    </div>
  )
}
