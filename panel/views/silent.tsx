import { timeOfDay } from '../model/format'
import { connection, past, silentSince } from '../state/session'
import { say } from '../words/words'
import styles from './not-saved.module.css'

/** Says, for as long as it is so, that the log is not complete as the background does not answer. */
export function Silent() {
  const since = past.value || connection.value === 'gone' ? null : silentSince.value
  return (
    <div role="alert">
      {since !== null && <p class={styles.notice}>{say('silent_notice', timeOfDay(since))}</p>}
    </div>
  )
}
