import { t } from '../i18n/i18n'
import { timeOfDay } from '../model/format'
import { connection, past, silentSince } from '../state/session/session'
import styles from './not-saved.module.css'

/** Says, for as long as it is so, that the log is not complete as the background does not answer. */
export function Silent() {
  const since = past.value || connection.value === 'gone' ? null : silentSince.value
  return (
    <div role="alert">
      {since !== null && <p class={styles.notice}>{t('silent_notice', timeOfDay(since))}</p>}
    </div>
  )
}
