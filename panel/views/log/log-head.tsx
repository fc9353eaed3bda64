import { settings } from '../../state/settings'
import { say } from '../../words/words'
import styles from './log.module.css'

const text = {
  time: say('report_time'),
  since: say('log_since'),
  timeHint: say('log_time_hint'),
  sinceHint: say('log_since_hint'),
  source: say('report_source'),
  fetch: say('log_fetch'),
  what: say('report_what'),
  group: say('log_group'),
}

/** The heads of the columns, and how the rows are told. */
export function LogHead() {
  const { sinceAbort, group } = settings
  return (
    <div class={styles.head} role="row" aria-rowindex={1}>
      <span role="columnheader" class={styles.time}>
        <button
          type="button"
          class={styles.headButton}
          title={sinceAbort.value ? text.sinceHint : text.timeHint}
          onClick={() => {
            sinceAbort.value = !sinceAbort.value
          }}
        >
          {sinceAbort.value ? text.since : text.time}
        </button>
      </span>
      <span role="columnheader" class={styles.source}>
        {text.source}
      </span>
      <span role="columnheader" class={styles.headFetch}>
        {text.fetch}
      </span>
      <span role="columnheader" class={styles.last}>
        <span class={styles.headWhat}>{text.what}</span>
        <label class={styles.check}>
          <input
            type="checkbox"
            checked={group.value}
            onChange={(event) => {
              group.value = event.currentTarget.checked
            }}
          />
          {text.group}
        </label>
      </span>
    </div>
  )
}
