import { fileWork } from '../../state/session-files'
import { say } from '../../words/words'
import styles from './sessions.module.css'

const text = { import: say('session_importing'), export: say('session_exporting') }

/** How far a file is that is being read or written. */
export function FileProgress() {
  const work = fileWork.value
  return (
    <div class={work ? styles.working : undefined}>
      <span role="status">{work && text[work.what]}</span>
      {work && <progress aria-label={text[work.what]} value={work.share} />}
    </div>
  )
}
