import { computed, signal } from '@preact/signals'
import type { Level } from '../../model/describe/description'
import { parseFilter } from '../../model/log/filter'
import { createAllRows, createFilteredRows, type FilteredRows } from '../../model/log/filtered-rows'
import { isVerbose, levels } from '../../model/log/levels'
import type { Row } from '../../model/session/view'
import { source, still } from '../session/pause'
import { model, rowsRevision } from '../session/session'
import { settings } from '../settings'
import { siteSettingsChanged } from '../site-settings'
import { forget, searchable } from './describe-row'

/** What stands in the filter field. */
export const query = signal('')

const filter = computed(() => parseFilter(query.value))

export const problem = computed(() => filter.value.problem)

/** The levels that were chosen; null where that is all of them. */
const chosenLevels = computed((): readonly Level[] | null => {
  const chosen = settings.levels.value
  return levels.every((level) => chosen.includes(level)) ? null : chosen
})

/** The rows of these levels. They are there while a query is typed, and come back when it is deleted. */
const levelRows = computed((): FilteredRows => {
  const chosen = chosenLevels.value
  if (!chosen) return createAllRows(source.value)
  const off = levels.filter((level) => !chosen.includes(level))
  // By default no row has to be put into words for it.
  if (off.join() === 'verbose') return createFilteredRows(source.value, (row) => !isVerbose(row))
  siteSettingsChanged.value
  return createFilteredRows(source.value, (row) => chosen.includes(searchable(row).level))
})

/** Lets those rows through that the filter and the levels show. */
const filteredRows = computed((): FilteredRows => {
  if (query.value.trim() === '' || problem.value !== '') return levelRows.value
  siteSettingsChanged.value
  const { matches, asksLevel } = filter.value
  const chosen = asksLevel ? null : chosenLevels.value
  return createFilteredRows(source.value, (row) => {
    const text = searchable(row)
    return (!chosen || chosen.includes(text.level)) && matches(text)
  })
})

export interface Shown {
  readonly rows: readonly Row[]
  /** Rows before this index are the ones of the `serial` before, at the same places. */
  readonly from: number
  readonly serial: number
  readonly revision: number
}

let serial = 0
let last: FilteredRows | null = null

/** The rows of the log that the filter shows. */
export const shownRows = computed((): Shown => {
  // A log that stands still is not drawn anew.
  const at = still.value ? still.value.revision : rowsRevision.value
  const same = filteredRows.value === last
  last = filteredRows.value
  const from = last.update()
  if (model().rows.length === 0) {
    forget()
    levelRows.peek().update()
  }
  serial++
  return { rows: last.rows, from: same ? from : 0, serial, revision: at }
})

/** How many rows the filter and the levels hide. */
export const hiddenRows = computed(() => {
  rowsRevision.value
  return source.value.rows.length - shownRows.value.rows.length
})

/** Whether nothing is hidden but what is Verbose, which nobody misses in an empty log. */
export const onlyVerboseHidden = computed(() => {
  rowsRevision.value
  const { rows } = source.value
  return rows.length === 0 || (query.value.trim() === '' && rows.every(isVerbose))
})
