import { computed, signal } from '@preact/signals'
import { parseFilter } from '../../model/log/filter'
import { createAllRows, createFilteredRows, type FilteredRows } from '../../model/log/filtered-rows'
import { isVerbose, levels } from '../../model/log/levels'
import type { Row } from '../../model/session/view'
import { source, still } from '../session/pause'
import { logRevision, model } from '../session/session'
import { settings } from '../settings'
import { siteSettingsChanged } from '../site-settings'
import { forget, searchable } from './describe-row'

/** What stands in the filter field. */
export const query = signal('')

const filter = computed(() => parseFilter(query.value))

export const problem = computed(() => filter.value.problem)

/** Whether the levels that were chosen show a row; null where they show every one. */
const showsLevel = computed((): ((row: Row) => boolean) | null => {
  const chosen = settings.levels.value
  const off = levels.filter((level) => !chosen.includes(level))
  if (off.length === 0 || (filter.value.asksLevel && problem.value === '')) return null
  // By default no row has to be put into words for it.
  if (off.length === 1 && off[0] === 'verbose') return (row) => !isVerbose(row)
  return (row) => chosen.includes(searchable(row).level)
})

/** Lets those rows through that the filter and the levels show. */
const filteredRows = computed((): FilteredRows => {
  const shows = showsLevel.value
  const asked = query.value.trim() !== '' && problem.value === ''
  if (!asked) return shows ? createFilteredRows(source.value, shows) : createAllRows(source.value)
  siteSettingsChanged.value
  const { matches } = filter.value
  return createFilteredRows(source.value, (row) => (!shows || shows(row)) && matches(searchable(row)))
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
  const at = still.value ? still.value.revision : logRevision.value
  const same = filteredRows.value === last
  last = filteredRows.value
  const from = last.update()
  if (model().rows.length === 0) forget()
  serial++
  return { rows: last.rows, from: same ? from : 0, serial, revision: at }
})

/** How many rows the filter and the levels hide. */
export const hiddenRows = computed(() => {
  logRevision.value
  return source.value.rows.length - shownRows.value.rows.length
})

/** Whether nothing is hidden but what is Verbose, which nobody misses in an empty log. */
export const onlyVerboseHidden = computed(() => {
  logRevision.value
  const { rows } = source.value
  return rows.length === 0 || (query.value.trim() === '' && rows.every(isVerbose))
})
