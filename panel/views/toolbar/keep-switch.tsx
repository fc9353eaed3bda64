import { command, model, revision } from '../../state/session'
import styles from './toolbar.module.css'

const text = {
  label: 'Keep recording this tab',
  hint: 'Records this tab also while DevTools is closed, for three days at most. With “Trace service worker” on, the worker is traced meanwhile as well, and the browser’s bar stays. The toolbar icon shows REC; click it, or switch this off, to stop. What was recorded is listed under “Kept recordings”, unless the window is incognito.',
}

/** Recording without DevTools goes on only where a person asked for it. */
export function KeepSwitch() {
  revision.value
  const on = model.keptSince !== null
  return (
    <label class={styles.check} title={text.hint}>
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          const wanted = event.currentTarget.checked
          command((background) => background.setKeep(wanted))
        }}
      />
      {text.label}
    </label>
  )
}
