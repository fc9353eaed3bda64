import { isJudged } from '../../model/audit/evidence/basis'
import { howItEnded, summary } from '../../model/report/summary'
import { isLive } from '../../model/session/fetch-phase'
import { standstillOf } from '../../model/session/standstill/standstill'
import type { Fetch } from '../../model/session/view'
import { forcedText } from '../../model/table/forced-ending'
import { stateText } from '../../model/table/live-state'
import { shortProgress } from '../../model/table/progress'
import { verdictText } from '../../model/table/verdict-cell'
import { useClock } from '../../state/session/clock'
import { knownUntil, model, revision } from '../../state/session/session'
import { verdictOf } from '../../state/session/verdicts'
import verdictStyles from '../verdict.module.css'
import styles from './details.module.css'
import { isFolded } from './section'

/** The answer first: how far the fetch is, or how it ended, what its handler did and what is left. */
export function Summary({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const live = isLive(fetch)
  const clock = useClock(live || fetch.state === 'settled') || knownUntil()
  const verdict = verdictOf(fetch)
  const standstill = live ? standstillOf(fetch, model(), clock) : null
  const sentences = live
    ? [
        [stateText(fetch, model().fetches, standstill), shortProgress(fetch), standstill?.text]
          .filter(Boolean)
          .join(' · '),
        forcedText(fetch),
      ]
    : // What is left stands right below it, in the section that is not folded.
      isJudged(fetch) && !isFolded('clean-up')
      ? howItEnded(fetch, clock, model().workers)
      : summary(fetch, verdict, clock, model().workers)
  return (
    <p class={styles.summary} data-verdict={verdict?.kind ?? ''} data-summary>
      {verdict && (
        <>
          <b>
            <span class={verdictStyles.sign} aria-hidden="true" />
            {verdictText(verdict)}
          </b>
          {' · '}
        </>
      )}
      {sentences.join(' ')}
    </p>
  )
}
