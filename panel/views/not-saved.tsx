import { t } from '../i18n/i18n'
import { databaseProblemText } from '../model/describe/database-text'
import { model, past, revision } from '../state/session/session'
import styles from './not-saved.module.css'

/** Says, for as long as it is so, that what is recorded is in memory only. */
export function NotSaved() {
  revision.value
  const why = past.value ? null : model().notSaved
  return (
    <div role="alert">
      {why !== null && <p class={styles.notice}>{t('not_saved_notice', databaseProblemText(why))}</p>}
    </div>
  )
}
