import { t } from '../../i18n/i18n'
import { model, past, revision } from '../../state/session/session'
import { settings } from '../../state/settings'
import { MenuButton } from '../menu/menu-button'
import { Icon } from './icon'
import { ObserveSwitch } from './observe-switch'
import { RecordingSwitch } from './recording-switch'
import styles from './toolbar.module.css'
import { TraceSwitch } from './trace-switch'

const text = {
  label: t('toolbar_record'),
  preserve: t('toolbar_preserve'),
  preserveHint: t('toolbar_preserve_hint'),
  traced: t('toolbar_record_traced'),
  untraced: t('toolbar_record_untraced'),
  recorded: t('toolbar_record_recording'),
}

/** What is recorded and for how long: chosen seldom, so it is in the menu of one button that shows the most of it. */
export function RecordMenu() {
  revision.value
  const recorded = model().recordingSince !== null
  const state = [settings.trace.value ? text.traced : text.untraced, recorded ? text.recorded : '']
  return (
    <MenuButton
      label={text.label}
      title={`${text.label}: ${state.filter(Boolean).join(', ')}`}
      class={styles.button}
      face={
        <>
          <span class={recorded ? styles.recorded : ''}>
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
      <RecordingSwitch />
      <ObserveSwitch />
    </MenuButton>
  )
}
