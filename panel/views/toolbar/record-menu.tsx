import { model, past, revision } from '../../state/session'
import { settings } from '../../state/settings'
import { say } from '../../words/words'
import { MenuButton } from '../menu/menu-button'
import { Icon } from './icon'
import { KeepSwitch } from './keep-switch'
import styles from './toolbar.module.css'
import { TraceSwitch } from './trace-switch'

const text = {
  label: say('toolbar_record'),
  preserve: say('toolbar_preserve'),
  preserveHint: say('toolbar_preserve_hint'),
  traced: say('toolbar_record_traced'),
  untraced: say('toolbar_record_untraced'),
  keeps: say('toolbar_record_keeps'),
}

/** What is recorded and for how long: chosen seldom, so it stands behind one button that shows the most of it. */
export function RecordMenu() {
  revision.value
  const keeps = model.keptSince !== null
  const state = [settings.trace.value ? text.traced : text.untraced, keeps ? text.keeps : '']
  return (
    <MenuButton
      label={text.label}
      title={`${text.label}: ${state.filter(Boolean).join(', ')}`}
      class={styles.button}
      face={
        <>
          <span class={keeps ? styles.keeps : ''}>
            <Icon name={settings.trace.value ? 'record' : 'untraced'} />
          </span>
          <span class={styles.label}>{text.label}</span>
          <span class={styles.arrow} aria-hidden="true" />
        </>
      }
    >
      <label title={text.preserveHint}>
        <input
          type="checkbox"
          checked={settings.preserve.value}
          disabled={past.value !== null}
          onChange={(event) => {
            settings.preserve.value = event.currentTarget.checked
          }}
        />
        {text.preserve}
      </label>
      <TraceSwitch />
      <KeepSwitch />
    </MenuButton>
  )
}
