import { fileWork, workText } from '../../state/recordings/session-files'
import styles from './sessions.module.css'

/** How far a file is that is being read or written. */
export function FileProgress() {
  const work = fileWork.value
  if (!work) return null
  return (
    <label class={styles.working}>
      {workText[work.what]} <progress value={work.share} />
    </label>
  )
}
