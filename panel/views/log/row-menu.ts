import { SYNTHETIC_EVENT } from '../../../protocol/event-names'
import { t } from '../../i18n/i18n'
import { oneLine } from '../../model/format'
import { type TermKey, termFor, withTerm } from '../../model/log/filter-terms'
import { rowData } from '../../model/log/row-data'
import type { Fetch, Row } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { placeOfRow } from '../../model/workers/script-finding-rows'
import { planningSeries } from '../../state/abort-series'
import { comparing } from '../../state/compare'
import { describeRowInFull } from '../../state/log/describe-row'
import { query } from '../../state/log/filter'
import { showInSources } from '../../state/log/original-places'
import { canPlan, planningFor } from '../../state/planned-aborts'
import { repeating } from '../../state/repeat'
import { abort, model, past } from '../../state/session/session'
import { dispatchSynthetic, takesSynthetic, whyNoSynthetic } from '../../state/synthetic-events'
import { testEntries } from '../copy-test/entries'
import { canAbort } from '../fetch-table/row-facts'
import { copyAnd, copyEntry } from '../menu/copy-entry'
import type { MenuEntry } from '../menu/entries'
import { backgroundFetchEntry, rowRequestEntries } from './request-entries'

const text = {
  row: t('menu_copy_row'),
  id: t('menu_copy_id'),
  sources: t('menu_show_source'),
  abort: t('abort'),
  abortAt: t('plan_menu'),
  repeat: t('repeat_menu'),
  series: t('series_menu'),
  compare: t('compare_menu'),
  synthetic: t('synthetic_menu', SYNTHETIC_EVENT),
  syntheticHint: t('synthetic_menu_hint'),
}

/** Copies all that is known of a row. */
export const copyRow = (row: Row): Promise<boolean> =>
  copyAnd(JSON.stringify(rowData(row, describeRowInFull(row)), null, 2))

/** Shows only what has a property, or hides it. */
function filterEntries(key: TermKey, value: string, others: Iterable<string> = []): readonly MenuEntry[] {
  const term = termFor(key, value, others)
  const entry = (hide: boolean): MenuEntry => ({
    kind: 'action',
    label: t(hide ? 'menu_filter_out' : 'menu_filter_for', term),
    run: () => {
      query.value = withTerm(query.peek(), term, hide)
    },
  })
  return [entry(false), entry(true)]
}

/** Groups of entries with lines between them. */
export const groups = (...all: readonly (readonly MenuEntry[])[]): readonly MenuEntry[] =>
  all
    .filter((group) => group.length > 0)
    .flatMap((group, index): readonly MenuEntry[] =>
      index === 0 ? group : [{ kind: 'separator' }, ...group],
    )

/** Shows only rows of a fetch, or hides them. */
export const fetchFilter = ({ id }: Fetch) =>
  filterEntries(
    'fetch',
    id,
    model().fetches.map((one) => one.id),
  )

function abortEntries(fetch: Fetch): readonly MenuEntry[] {
  const { key, id, storageKey } = fetch
  if (past.peek()) return []
  const now: MenuEntry = { kind: 'action', label: text.abort, run: () => abort(fetch.handle) }
  const later: MenuEntry = {
    kind: 'action',
    label: text.abortAt,
    run: () => {
      planningFor.value = { kind: 'fetch', key }
    },
  }
  const next: MenuEntry = {
    kind: 'action',
    label: t('plan_menu_next', oneLine(shownId(id), 40)),
    run: () => {
      planningFor.value = { kind: 'next', storageKey, id }
    },
  }
  const again: MenuEntry = {
    kind: 'action',
    label: text.repeat,
    run: () => {
      repeating.value = key
    },
  }
  const series: MenuEntry = {
    kind: 'action',
    label: text.series,
    run: () => {
      planningSeries.value = key
    },
  }
  return [...(canAbort(fetch) ? [now] : []), ...(canPlan(fetch) ? [later] : []), next, again, series]
}

/** Runs the handlers of an event that only a click in the browser's own UI leads to. */
function syntheticEntries(fetch: Fetch): readonly MenuEntry[] {
  if (!takesSynthetic(fetch)) return []
  const why = whyNoSynthetic(fetch)
  return [
    {
      kind: 'action',
      label: text.synthetic,
      title: why || text.syntheticHint,
      disabled: why !== '',
      run: () => dispatchSynthetic(fetch),
    },
  ]
}

/** Compares a fetch with one that is chosen then. */
const compareEntry = ({ key }: Fetch): MenuEntry => ({
  kind: 'action',
  label: text.compare,
  run: () => {
    comparing.value = { key, with: null }
  },
})

/**
 * What can be done with a fetch.
 *
 * @param comparisons fetches that it can be compared with, where those are known
 */
export const fetchMenu = (fetch: Fetch, comparisons: readonly MenuEntry[] = []): readonly MenuEntry[] =>
  groups(
    [copyEntry(text.id, () => fetch.id), backgroundFetchEntry(fetch), ...testEntries(fetch)],
    fetchFilter(fetch),
    abortEntries(fetch),
    syntheticEntries(fetch),
    [...comparisons, compareEntry(fetch)],
  )

/** What can be done with a row of the log. */
export function rowMenu(row: Row): readonly MenuEntry[] {
  const { event, fetch } = row
  const location = past.peek() ? null : placeOfRow(row)
  const open: readonly MenuEntry[] = location
    ? [{ kind: 'action', label: text.sources, run: () => void showInSources(location) }]
    : []
  return groups(
    [
      { kind: 'action', label: text.row, run: () => void copyRow(row) },
      ...(fetch ? [copyEntry(text.id, () => fetch.id)] : []),
      ...rowRequestEntries(row),
    ],
    [
      ...filterEntries('source', event.source),
      ...filterEntries('event', row.kind),
      ...(fetch ? fetchFilter(fetch) : []),
    ],
    open,
    fetch ? abortEntries(fetch) : [],
    fetch ? [compareEntry(fetch)] : [],
  )
}
