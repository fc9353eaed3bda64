import { summary } from '../../model/summary'
import { stateText } from '../../model/table/live-state'
import { shortProgress } from '../../model/table/progress'
import { waitingText } from '../../model/table/waiting'
import { verdictText } from '../../model/verdict-cell'
import { type Fetch, isLive } from '../../model/view'
import { useClock } from '../../state/clock'
import { knownUntil, model, revision } from '../../state/session'
import { verdictOf } from '../../state/verdicts'
import styles from './details.module.css'

/** The answer first: how far the fetch is, or how it ended, what its handler did and what is left. */
export function Summary({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const live = isLive(fetch)
  const clock = useClock(live || fetch.state === 'settled') || knownUntil()
  const verdict = verdictOf(fetch)
  const sentences = live
    ? [
        [stateText(fetch), shortProgress(fetch), waitingText(fetch, model.fetches, clock)]
          .filter(Boolean)
          .join(' · '),
      ]
    : summary(fetch, verdict, clock)
  return (
    <p class={styles.summary} data-verdict={verdict?.kind ?? ''} data-summary>
      {verdict && <b>{verdictText(verdict)}</b>} {sentences.join(' ')}
    </p>
  )
}
