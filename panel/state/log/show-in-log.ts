import { signal } from '@preact/signals'
import { groupOf } from '../../model/log/groups'
import type { Row } from '../../model/session/view'
import { settings } from '../settings'
import { searchable } from './describe-row'
import { setGroupOpen } from './entries'
import { query, shownRows } from './filter'

/** The row that the log is to bring into view, with the focus; null once it has. */
export const rowToShow = signal<Row | null>(null)

const isShown = (row: Row) => shownRows.value.rows.includes(row)

/** Shows a row where it stands in the log; what hides it there is taken back. */
export function showInLog(row: Row): void {
  if (!isShown(row)) query.value = ''
  const { level } = searchable(row)
  const shown = settings.levels.peek()
  if (!isShown(row) && !shown.includes(level)) settings.levels.value = [...shown, level]
  setGroupOpen(groupOf(row), true)
  rowToShow.value = row
}
