import { t } from '../../i18n/i18n'
import { isAbortAnswered } from '../../model/session/aborts/requested-aborts'
import { resume } from '../../state/session/pause'
import { liveFetches } from '../../state/session/selection'
import { abort, command, past } from '../../state/session/session'
import { settings } from '../../state/settings'
import { HelpButton } from '../help/help'
import { FilterField } from './filter-field'
import { Icon } from './icon'
import { MoreMenu } from './more-menu'
import { PauseButton } from './pause-button'
import { RecordMenu } from './record-menu'
import { useRoving } from './roving'
import styles from './toolbar.module.css'

const text = {
  toolbar: t('toolbar_label'),
  recording: t('toolbar_recording'),
  abortAll: t('toolbar_abort_all'),
  clear: t('toolbar_clear'),
  timeline: t('timeline_title'),
  timelineHint: t('toolbar_timeline_hint'),
}

/** Commands that are not about one fetch, the filter, and what is recorded. One row, however narrow the panel. */
export function Toolbar() {
  const readOnly = past.value !== null
  const live = readOnly ? [] : liveFetches.value
  const abortable = live.filter(isAbortAnswered)
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
          title={text.timelineHint}
          aria-pressed={settings.timeline.value}
          onClick={() => {
            settings.timeline.value = !settings.timeline.value
          }}
        >
          <Icon name="timeline" />
          <span class={styles.label}>{text.timeline}</span>
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
