import { liveFetches } from '../../state/selection'
import { say } from '../../words/words'
import { FetchRow } from './fetch-row'
import styles from './fetch-table.module.css'

const text = {
  label: say('table_label'),
  id: say('table_id'),
  scope: say('table_scope'),
  state: say('table_state'),
  progress: say('table_progress'),
  action: say('table_action'),
  usageHint: say('table_usage_hint'),
}

/** Chromium's limit of active fetches per origin. */
const LIMIT = 5

/** How many of an origin's five places are taken: a sixth fetch() is refused. */
function usage(): string {
  const counts = new Map<string, number>()
  for (const fetch of liveFetches.value) counts.set(fetch.storageKey, (counts.get(fetch.storageKey) ?? 0) + 1)
  const texts = [...counts].map(([key, count]) => {
    const taken = say('table_usage', count, LIMIT)
    return counts.size > 1 ? `${key}: ${taken}` : taken
  })
  return texts.join(', ')
}

/** Every background fetch that may still be running. */
export function FetchTable() {
  const fetches = liveFetches.value
  if (fetches.length === 0) return null
  return (
    <div class={styles.scroll}>
      <table class={styles.table} aria-label={text.label}>
        <caption class={styles.caption}>
          {text.label} <span title={text.usageHint}>{usage()}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{text.id}</th>
            <th scope="col" class={styles.scopeColumn}>
              {text.scope}
            </th>
            <th scope="col" class={styles.stateColumn}>
              {text.state}
            </th>
            <th scope="col">{text.progress}</th>
            <th scope="col" class={styles.actionColumn}>
              <span class={styles.hidden}>{text.action}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {fetches.map((fetch) => (
            <FetchRow key={fetch.key} fetch={fetch} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
