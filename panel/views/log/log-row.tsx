import { oneLine, timeOfDay } from '../../model/format'
import { sinceZero } from '../../model/moment'
import type { Row } from '../../model/view'
import { isFound, search } from '../../state/search'
import { selectedKey } from '../../state/selection'
import { settings } from '../../state/settings'
import { wordsOf } from '../../state/words'
import type { LineProps } from './actions'
import { Chevron } from './chevron'
import styles from './log.module.css'
import { RowDetail } from './row-detail'
import { SourceLink } from './source-link'

interface Props extends LineProps {
  readonly row: Row
  readonly expanded: boolean
  /** It stands under the head of a group. */
  readonly grouped: boolean
}

/** One row of the log: when, seen by whom, about which fetch, and what happened. */
export function LogRow({ row, index, current, expanded, grouped, actions }: Props) {
  const { name, text, level } = wordsOf(row)
  const { fetch, event } = row
  const location = 'location' in event.body ? event.body.location : null
  const selected = fetch !== null && fetch.key === selectedKey.value
  const classes = [styles.row, styles[level]]
  if (selected) classes.push(styles.selected)
  const found = isFound(row) ? (search.value?.row?.key === row.key ? 'shown' : 'found') : undefined
  const select = () => {
    if (fetch) selectedKey.value = fetch.key
  }
  const clock = timeOfDay(row.at)
  const since = sinceZero(row)
  const [time, other] = settings.sinceAbort.value && since !== null ? [since, clock] : [clock, since]
  return (
    <>
      <div
        data-row={row.key}
        data-found={found}
        role="row"
        aria-rowindex={index + 2}
        aria-level={grouped ? 2 : 1}
        aria-expanded={expanded}
        aria-selected={selected}
        tabIndex={current ? 0 : -1}
        class={classes.join(' ')}
        onClick={select}
        onDblClick={() => actions.toggle(row.key)}
        onFocus={() => actions.focused(row.key)}
      >
        <span role="gridcell" class={styles.time} title={other ?? ''}>
          <Chevron open={expanded} toggle={() => actions.toggle(row.key)} />
          {time}
        </span>
        <span role="gridcell" class={styles.source}>
          <span class={styles.badge} data-source={event.source}>
            {event.source}
          </span>
        </span>
        <span role="gridcell" class={styles.fetch}>
          {fetch && (
            <button
              type="button"
              class={styles.id}
              title={oneLine(fetch.id, 1000)}
              tabIndex={current ? 0 : -1}
              onClick={select}
            >
              {oneLine(fetch.id, 80)}
              {fetch.occurrence > 1 && ` #${fetch.occurrence}`}
            </button>
          )}
        </span>
        <span role="gridcell" class={styles.what}>
          <b>{name}</b> {text}
          {location && <SourceLink location={location} tabIndex={current ? 0 : -1} />}
        </span>
      </div>
      {expanded && <RowDetail row={row} leave={() => actions.focus(row.key)} />}
    </>
  )
}
