import { resume } from '../../state/pause'
import { liveFetches } from '../../state/selection'
import { abort, command, past } from '../../state/session'
import { settings } from '../../state/settings'
import { say } from '../../words/words'
import { HelpButton } from '../help/help'
import { KeptSessions } from '../kept/kept-sessions'
import { SessionButtons } from '../sessions/session-buttons'
import { FilterField } from './filter-field'
import { Icon } from './icon'
import { KeepSwitch } from './keep-switch'
import { PauseButton } from './pause-button'
import { useRoving } from './roving'
import styles from './toolbar.module.css'
import { TraceSwitch } from './trace-switch'

const text = {
  toolbar: say('toolbar_label'),
  abortAll: say('toolbar_abort_all'),
  clear: say('toolbar_clear'),
  lanes: say('timeline_title'),
  lanesHint: say('toolbar_lanes_hint'),
  preserve: say('toolbar_preserve'),
  preserveHint: say('toolbar_preserve_hint'),
}

/** Commands that are not about one fetch. */
export function Toolbar() {
  const readOnly = past.value !== null
  const live = readOnly ? [] : liveFetches.value
  const abortable = live.filter((fetch) => !fetch.abort || fetch.abort.outcome)
  const roving = useRoving()
  return (
    <div class={styles.toolbar}>
      <div class={styles.controls} role="toolbar" aria-label={text.toolbar} {...roving}>
        <button
          type="button"
          class={styles.icon}
          title={text.clear}
          aria-label={text.clear}
          disabled={readOnly}
          onClick={() => {
            resume()
            const name = crypto.randomUUID()
            command((background) => background.clear(name))
          }}
        >
          <Icon name="clear" />
        </button>
        <PauseButton />
        <span class={styles.divider} />
        <button
          type="button"
          class={styles.button}
          disabled={abortable.length === 0}
          onClick={() => {
            for (const { handle } of abortable) abort(handle)
          }}
        >
          <Icon name="stop" />
          {text.abortAll}
        </button>
        <span class={styles.divider} />
        <button
          type="button"
          class={styles.button}
          title={text.lanesHint}
          aria-pressed={settings.lanes.value}
          onClick={() => {
            settings.lanes.value = !settings.lanes.value
          }}
        >
          <Icon name="lanes" />
          {text.lanes}
        </button>
        <span class={styles.divider} />
        <label class={styles.check} title={text.preserveHint}>
          <input
            type="checkbox"
            checked={settings.preserve.value}
            disabled={readOnly}
            onChange={(event) => {
              settings.preserve.value = event.currentTarget.checked
            }}
          />
          {text.preserve}
        </label>
        <TraceSwitch />
        <KeepSwitch />
        <span class={styles.divider} />
        <KeptSessions />
        <SessionButtons />
      </div>
      <FilterField />
      <HelpButton />
    </div>
  )
}
