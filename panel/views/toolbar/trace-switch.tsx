import { t } from '../../i18n/i18n'
import { command, past } from '../../state/session/session'
import { settings } from '../../state/settings'

const text = {
  label: t('toolbar_trace'),
  hint: t('toolbar_trace_hint'),
}

/** Switches the tracer on and off; the choice is remembered. */
export function setTrace(on: boolean): void {
  settings.trace.value = on
  command((background) => background.setTrace(on))
}

/** What happens in the worker is seen only with the debugger: the person decides. */
export function TraceSwitch() {
  return (
    <label title={text.hint}>
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
