import { describe } from '../../model/describe'
import { oneLine, timeOfDay } from '../../model/format'
import type { Row } from '../../model/view'
import { excusesOf } from '../../state/excuses'
import { selectedKey } from '../../state/selection'
import styles from './log.module.css'
import { SourceLink } from './source-link'

interface Props {
  readonly row: Row
  readonly index: number
  readonly total: number
  readonly count: number
  readonly measure: (element: Element | null) => void
}

/** One row of the log: when, seen by whom, about which fetch, and what happened. */
export function LogRow({ row, index, total, measure }: Props) {
  const { name, text, level } = describe(row, row.fetch ? excusesOf(row.fetch.storageKey) : undefined)
  const { fetch, event } = row
  const location = 'location' in event.body ? event.body.location : null
  const classes = [styles.row, styles[level]]
  if (fetch && fetch.key === selectedKey.value) classes.push(styles.selected)
  const select = () => {
    if (fetch) selectedKey.value = fetch.key
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the list
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same is offered by the button in the row
    <div
      ref={measure}
      data-index={index}
      data-row={row.key}
      role="listitem"
      aria-posinset={index + 1}
      aria-setsize={total}
      class={classes.join(' ')}
      onClick={select}
    >
      <span class={styles.time}>{timeOfDay(row.at)}</span>
      <span class={styles.source}>
        <span class={styles.badge} data-source={event.source}>
          {event.source}
        </span>
      </span>
      <span class={styles.fetch}>
        {fetch && (
          <button type="button" class={styles.id} title={oneLine(fetch.id, 1000)} onClick={select}>
            {oneLine(fetch.id, 80)}
            {fetch.occurrence > 1 && ` #${fetch.occurrence}`}
          </button>
        )}
      </span>
      <span class={styles.what}>
        <b>{name}</b> {text}
        {location && <SourceLink location={location} />}
      </span>
    </div>
  )
}
