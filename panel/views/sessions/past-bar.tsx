import { t } from '../../i18n/i18n'
import { fileProblem } from '../../state/recordings/session-files'
import { past, showTab } from '../../state/session/session'
import button from '../button.module.css'
import { MORE_BUTTON } from '../toolbar/more-menu'
import { FileProgress } from './file-progress'
import styles from './sessions.module.css'

const text = {
  label: t('past_label'),
  readOnly: t('past_read_only'),
  back: t('past_back'),
  dismiss: t('past_dismiss'),
}

const focusToolbar = () => document.getElementById(MORE_BUTTON)?.focus()

/** Says that what is drawn is over, and leads back; and says what becomes of a file. */
export function PastBar() {
  const session = past.value
  const problem = fileProblem.value
  return (
    <>
      <FileProgress />
      <div role="alert">
        {problem && (
          <div class={styles.problem}>
            <span>{problem}</span>
            <button
              type="button"
              class={button.small}
              onClick={() => {
                fileProblem.value = ''
                focusToolbar()
              }}
            >
              {text.dismiss}
            </button>
          </div>
        )}
      </div>
      <div aria-live="polite">
        {session && (
          <section class={styles.past} aria-label={text.label}>
            <span>
              <b>{session.title}.</b> {text.readOnly}
            </span>
            <button
              type="button"
              class={button.small}
              onClick={() => {
                showTab()
                focusToolbar()
              }}
            >
              {text.back}
            </button>
          </section>
        )}
      </div>
    </>
  )
}
