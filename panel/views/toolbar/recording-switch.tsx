import { t } from '../../i18n/i18n'
import { command, model, revision } from '../../state/session/session'

const text = {
  label: t('toolbar_keep_recording'),
  hint: t('toolbar_keep_recording_hint'),
}

/** Recording without DevTools goes on only where a person asked for it. */
export function RecordingSwitch() {
  revision.value
  const on = model().recordingSince !== null
  return (
    <label title={text.hint}>
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          const wanted = event.currentTarget.checked
          const name = crypto.randomUUID()
          command((background) => background.setRecording(wanted, name))
        }}
      />
      {text.label}
    </label>
  )
}
