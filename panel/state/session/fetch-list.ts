import { computed } from '@preact/signals'
import { now } from '../../../wire/clock'
import { countFetches, listFetches } from '../../model/table/fetch-list'
import { settings } from '../settings'
import { model, rowsRevision } from './session'
import { verdictOf } from './verdicts'

/** The fetches as the table lists them. It changes with each revision of the rows: fetches change in place. */
export const listedFetches = computed(() => {
  const at = rowsRevision.value
  const list = listFetches(model().fetches, {
    onlyActive: settings.onlyActive.value,
    sorting: settings.sorting.value,
    verdict: (fetch) => verdictOf(fetch)?.kind ?? '',
    now: now(),
  })
  return { list, revision: at }
})

/** How many fetches there are of each kind. */
export const fetchCounts = computed(() => {
  rowsRevision.value
  return countFetches(model().fetches)
})
