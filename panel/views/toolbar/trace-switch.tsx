import { background, past } from '../../state/session'
import { settings } from '../../state/settings'
import styles from './toolbar.module.css'

const text = {
  label: 'Trace service worker',
  hint: 'Watches the events inside the page’s service workers through the browser’s debugger. While it is on, the browser shows a bar that says so.',
}

/** Switches the tracer on and off; the choice is remembered. */
export function setTrace(on: boolean): void {
  settings.trace.value = on
  void background()?.setTrace(on)
}

/** What happens in the worker is seen only with the debugger: the person decides. */
export function TraceSwitch() {
  return (
    <label class={styles.check} title={text.hint}>
      <input
        type="checkbox"
        role="switch"
        disabled={past.value !== null}
        checked={settings.trace.value}
        aria-checked={settings.trace.value}
        onChange={(event) => setTrace(event.currentTarget.checked)}
      />
      {text.label}
    </label>
  )
}
