import { resume } from '../../state/pause'
import { liveFetches } from '../../state/selection'
import { abort, command, past } from '../../state/session'
import { settings } from '../../state/settings'
import { say } from '../../words/words'
import { HelpButton } from '../help/help'
import { FilterField } from './filter-field'
import { Icon } from './icon'
import { MoreMenu } from './more-menu'
import { PauseButton } from './pause-button'
import { RecordMenu } from './record-menu'
import { useRoving } from './roving'
import styles from './toolbar.module.css'

const text = {
  toolbar: say('toolbar_label'),
  recording: say('toolbar_recording'),
  abortAll: say('toolbar_abort_all'),
  clear: say('toolbar_clear'),
  lanes: say('timeline_title'),
  lanesHint: say('toolbar_lanes_hint'),
}

/** Commands that are not about one fetch, the filter, and what is recorded. One row, however narrow the panel. */
export function Toolbar() {
  const readOnly = past.value !== null
  const live = readOnly ? [] : liveFetches.value
  const abortable = live.filter((fetch) => !fetch.abort || fetch.abort.outcome)
  const roving = useRoving()
  const rovingRecording = useRoving()
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
          title={text.abortAll}
          disabled={abortable.length === 0}
          onClick={() => {
            for (const { handle } of abortable) abort(handle)
          }}
        >
          <Icon name="stop" />
          <span class={styles.label}>{text.abortAll}</span>
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
          <span class={styles.label}>{text.lanes}</span>
        </button>
        <span class={styles.divider} />
      </div>
      <FilterField />
      <span class={styles.divider} />
      <div class={styles.controls} role="toolbar" aria-label={text.recording} {...rovingRecording}>
        <RecordMenu />
        <MoreMenu />
        <HelpButton />
      </div>
    </div>
  )
}
