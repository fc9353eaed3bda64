import { command, model, revision } from '../../state/session'
import { say } from '../../words/words'

const text = {
  label: say('toolbar_keep'),
  hint: say('toolbar_keep_hint'),
}

/** Recording without DevTools goes on only where a person asked for it. */
export function KeepSwitch() {
  revision.value
  const on = model.keptSince !== null
  return (
    <label title={text.hint}>
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          const wanted = event.currentTarget.checked
          const name = crypto.randomUUID()
          command((background) => background.setKeep(wanted, name))
        }}
      />
      {text.label}
    </label>
  )
}
