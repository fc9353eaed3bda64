import { computed, signal } from '@preact/signals'
import type { SessionEvent } from '../../protocol/events'
import { describe } from '../model/describe'
import { filterable, parseFilter } from '../model/filter'
import type { Row } from '../model/view'
import { excusesOf } from './excuses'
import { model, revision } from './session'

/** What stands in the filter field. */
export const query = signal('')

/** The query, read; as long as it stays the same, so do the answers for rows that stay the same. */
const filter = computed(() => ({
  ...parseFilter(query.value),
  known: new WeakMap<Row, { event: SessionEvent; note: string; shown: boolean }>(),
}))

export const problem = computed(() => filter.value.problem)

/** The rows of the log that the filter shows. */
export const shownRows = computed((): { rows: readonly Row[]; revision: number } => {
  const at = revision.value
  if (query.value.trim() === '' || problem.value !== '') return { rows: model.rows, revision: at }
  const { matches, known } = filter.value
  const rows = model.rows.filter((row) => {
    const before = known.get(row)
    if (before && before.event === row.event && before.note === row.note) return before.shown
    const words = describe(row, row.fetch ? excusesOf(row.fetch.storageKey) : undefined)
    const shown = matches(filterable(row, words))
    known.set(row, { event: row.event, note: row.note, shown })
    return shown
  })
  return { rows, revision: at }
})

/** How many rows the filter hides. */
export const hiddenRows = computed(() => model.rows.length - shownRows.value.rows.length)
