import { t } from '../../i18n/i18n'
import type { PlacedColumn } from '../../model/table/columns'
import { type ColumnId, columnIds } from '../../model/table/columns'
import { isShown, placedColumns, resetColumns, resizeColumn, sortBy, toggleColumn } from '../../state/columns'
import { settings } from '../../state/settings'
import { openContextMenu } from '../menu/context-menu'
import styles from './fetch-table.module.css'

const columnName: Readonly<Record<ColumnId, string>> = {
  id: t('table_id'),
  progress: t('table_progress'),
  state: t('table_state'),
  handler: t('table_handler'),
  verdict: t('table_verdict'),
  scope: t('table_scope'),
  origin: t('table_origin'),
  started: t('table_started'),
  duration: t('table_duration'),
}

const text = {
  columns: t('table_columns'),
  reset: t('table_columns_reset'),
  hint: t('table_head_hint'),
}

/** How far an arrow key moves the edge of a column, in CSS pixels. */
const STEP = 12

const openColumns = (event: MouseEvent) =>
  openContextMenu(event, text.columns, [
    ...columnIds
      .filter((id) => id !== 'id')
      .map((id) => ({
        kind: 'check' as const,
        label: columnName[id],
        checked: isShown(id),
        toggle: () => toggleColumn(id),
      })),
    { kind: 'separator' },
    { kind: 'action', label: text.reset, run: resetColumns },
  ])

/** Drags the right edge of a column. */
function startDrag(event: PointerEvent, placed: readonly PlacedColumn[], id: ColumnId): void {
  const { currentTarget: edge, clientX: start, pointerId } = event
  if (!(edge instanceof HTMLElement)) return
  event.preventDefault()
  edge.setPointerCapture(pointerId)
  const move = ({ clientX }: PointerEvent) => resizeColumn(placed, id, clientX - start)
  edge.addEventListener('pointermove', move)
  edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), {
    once: true,
  })
}

interface Props {
  /** The column whose head Tab leads to. */
  readonly current: ColumnId
  focused(id: ColumnId): void
}

/** The names of the columns: they sort, and their edges and a context menu change what is shown. */
export function Head({ current, focused }: Props) {
  const placed = placedColumns.value
  const sorting = settings.sorting.value
  const stop = placed.some(({ id }) => id === current) ? current : 'id'
  const onKeyDown = (event: KeyboardEvent) => {
    const at = placed.findIndex(({ id }) => id === stop)
    if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      resizeColumn(placed, stop, event.key === 'ArrowRight' ? STEP : -STEP)
    } else {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: placed.length - 1 }[event.key]
      const next = to === undefined ? undefined : placed[to]
      if (!next) return
      const row = event.currentTarget
      if (row instanceof HTMLElement) row.querySelector<HTMLElement>(`[data-sort="${next.id}"]`)?.focus()
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <thead>
      <tr onKeyDown={onKeyDown} onContextMenu={openColumns} aria-rowindex={1}>
        {placed.map(({ id }, index) => {
          const sorted = sorting?.by === id ? (sorting.descending ? 'descending' : 'ascending') : 'none'
          return (
            <th key={id} scope="col" aria-sort={sorted} title={text.hint}>
              <button
                type="button"
                class={styles.sort}
                tabIndex={id === stop ? 0 : -1}
                data-sort={id}
                onClick={() => sortBy(id)}
                onFocus={() => focused(id)}
              >
                <span class={styles.name}>{columnName[id]}</span>
                {sorted !== 'none' && <span aria-hidden="true">{sorted === 'ascending' ? '▲' : '▼'}</span>}
              </button>
              {index < placed.length - 1 && (
                <span
                  class={styles.edge}
                  data-edge={id}
                  onPointerDown={(event) => startDrag(event, placed, id)}
                />
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
