import { counted, t } from '../../i18n/i18n'
import { count as format } from '../../model/format'
import { pause, resume, still, waiting } from '../../state/session/pause'
import { Icon } from './icon'
import styles from './toolbar.module.css'

const text = {
  pause: t('pause'),
  resume: t('resume'),
  waiting: (n: number) => t(counted(n, 'resume'), format(n)),
}

/** Stops the drawing of the log, or goes on with it. */
export function togglePause(): void {
  if (still.peek()) resume()
  else pause()
}

/** Lets the reader look at a busy log in peace; says how much waits. */
export function PauseButton() {
  const paused = still.value !== null
  const count = waiting.value
  const label = paused ? (count > 0 ? text.waiting(count) : text.resume) : text.pause
  return (
    <button
      type="button"
      class={`${styles.icon} ${paused ? styles.paused : ''}`}
      title={label}
      aria-label={label}
      onClick={togglePause}
    >
      <Icon name={paused ? 'resume' : 'pause'} />
      {paused && count > 0 && format(count)}
    </button>
  )
}
