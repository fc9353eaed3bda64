import { databaseProblemText } from '../model/database-text'
import { model, past, revision } from '../state/session'
import { say } from '../words/words'
import styles from './not-saved.module.css'

/** Says, for as long as it is so, that what is recorded is in memory only. */
export function NotSaved() {
  revision.value
  const why = past.value ? null : model.notSaved
  return (
    <div role="alert">
      {why !== null && <p class={styles.notice}>{say('not_saved_notice', databaseProblemText(why))}</p>}
    </div>
  )
}
