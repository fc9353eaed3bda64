import { computed } from '@preact/signals'
import { now } from '../../../wire/clock'
import { changesByItself, countFetches, listFetches } from '../../model/table/fetch-list'
import { isSending } from '../../model/table/upload'
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
  return {
    list,
    revision: at,
    /** A row of it counts seconds. */
    counting: list.some(changesByItself),
    /** A body of one of them may be on its way. */
    sending: list.some(isSending),
  }
})

/** How many fetches there are of each kind. */
export const fetchCounts = computed(() => {
  rowsRevision.value
  return countFetches(model().fetches)
})
