import type { SessionEvent } from '../../../protocol/events'
import type { Level } from '../../model/describe/description'
import { oneLine, timeOfDay } from '../../model/format'
import type { Row } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { placeOfRow } from '../../model/workers/script-finding-rows'
import { isFound, search } from '../../state/log/search'
import { selectedKey } from '../../state/session/selection'
import { MiddleTruncated } from '../middle-truncated'
import { Chevron } from './chevron'
import type { LineProps } from './line-props'
import styles from './log.module.css'
import { RowDetail } from './row-detail'
import type { Key } from './row-layout'
import { SourceLink } from './source-link'

interface Props extends LineProps {
  readonly row: Row
  /** What the row is about now, and what it says: a row may tell something else later. */
  readonly event: SessionEvent
  readonly name: string
  readonly text: string
  readonly level: Level
  /** What distinguishes its fetch from others of that id. */
  readonly disambiguator: string
  /** Time since the fetch's abort or start, and with what it is counted from; '' for a row of no fetch. */
  readonly since: string
  readonly sinceTitle: string
  readonly expanded: boolean
  /** It stands under the head of a group. */
  readonly grouped: boolean
  /** Gives the focus to a line; always the same function. */
  readonly focus: (key: Key) => void
}

/** One row of the log: when, seen by whom, about which fetch, and what happened. */
export function LogRow(props: Props) {
  const {
    row,
    event,
    name,
    text,
    level,
    disambiguator,
    since,
    sinceTitle,
    index,
    current,
    expanded,
    grouped,
    focus,
  } = props
  const { fetch } = row
  const location = placeOfRow(row)
  const selected = fetch !== null && fetch.key === selectedKey.value
  const classes = [styles.row, styles[level]]
  if (selected) classes.push(styles.selected)
  const found = isFound(row) ? (search.value?.row?.key === row.key ? 'shown' : 'found') : undefined
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
      >
        <span role="gridcell" class={styles.time} data-cell="time">
          <Chevron open={expanded} />
          {timeOfDay(row.at)}
        </span>
        <span role="gridcell" class={styles.delta} data-cell="delta" title={sinceTitle}>
          {since}
        </span>
        <span role="gridcell" class={styles.source} data-cell="source">
          <span class={styles.badge} data-source={event.source}>
            {event.source}
          </span>
        </span>
        <span role="gridcell" class={styles.fetch} data-cell="fetch">
          {fetch && (
            <button
              type="button"
              class={styles.id}
              title={oneLine(shownId(fetch.id), 1000) + disambiguator}
              aria-label={oneLine(shownId(fetch.id), 80) + disambiguator}
              tabIndex={current ? 0 : -1}
            >
              <MiddleTruncated text={shownId(fetch.id)} suffix={disambiguator} />
            </button>
          )}
        </span>
        <span role="gridcell" class={styles.what} data-cell="what">
          <b>{name}</b> {text}
          {location && <SourceLink location={location} tabIndex={current ? 0 : -1} />}
        </span>
      </div>
      {expanded && <RowDetail row={row} leave={() => focus(row.key)} />}
    </>
  )
}
