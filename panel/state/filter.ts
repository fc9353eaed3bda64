import { computed, signal } from '@preact/signals'
import { parseFilter } from '../model/filter'
import { createSieve, createWhole, type Sieve } from '../model/sieve'
import type { Row } from '../model/view'
import { source, still } from './pause'
import { logRevision, model } from './session'
import { siteSettingsChanged } from './site-settings'
import { forget, searchable } from './words'

/** What stands in the filter field. */
export const query = signal('')

const filter = computed(() => parseFilter(query.value))

export const problem = computed(() => filter.value.problem)

/** Lets those rows through that the filter shows. */
const sieve = computed((): Sieve => {
  if (query.value.trim() === '' || problem.value !== '') return createWhole(source.value)
  siteSettingsChanged.value
  const { matches } = filter.value
  return createSieve(source.value, (row) => matches(searchable(row)))
})

export interface Shown {
  readonly rows: readonly Row[]
  /** Rows before this index are the ones of the `serial` before, at the same places. */
  readonly from: number
  readonly serial: number
  readonly revision: number
}

let serial = 0
let last: Sieve | null = null

/** The rows of the log that the filter shows. */
export const shownRows = computed((): Shown => {
  // A log that stands still is not drawn anew.
  const at = still.value ? still.value.revision : logRevision.value
  const same = sieve.value === last
  last = sieve.value
  const from = last.update()
  if (model.rows.length === 0) forget()
  serial++
  return { rows: last.rows, from: same ? from : 0, serial, revision: at }
})

/** How many rows the filter hides. */
export const hiddenRows = computed(() => {
  logRevision.value
  return source.value.rows.length - shownRows.value.rows.length
})
