import { settings } from '../../state/settings'
import styles from './log.module.css'

const text = {
  time: 'Time',
  since: 'Since abort',
  timeHint:
    'Time of day. Press to show the time since the fetch’s abort, or since its start when it was not aborted',
  sinceHint:
    'Time since the fetch’s abort, or since its start when it was not aborted. Press to show the time of day',
  source: 'Source',
  fetch: 'Fetch',
  what: 'What happened',
  group: 'Group by fetch',
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
      <span role="columnheader" class={styles.fetch}>
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
