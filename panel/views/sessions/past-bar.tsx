import { past, showTab } from '../../state/session'
import { fileProblem } from '../../state/session-files'
import { say } from '../../words/words'
import { MORE_BUTTON } from '../toolbar/more-menu'
import { FileProgress } from './file-progress'
import styles from './sessions.module.css'

const text = {
  label: say('past_label'),
  readOnly: say('past_read_only'),
  back: say('past_back'),
  dismiss: say('past_dismiss'),
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
