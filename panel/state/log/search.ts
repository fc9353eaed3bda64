import { signal } from '@preact/signals'
import * as v from 'valibot'
import { t } from '../../i18n/i18n'
import { count } from '../../model/format'
import { groupOf } from '../../model/log/groups'
import type { Row } from '../../model/session/view'
import { announce } from '../announce'
import { searchable } from './describe-row'
import { setGroupOpen } from './entries'
import { shownRows } from './filter'

const text = {
  found: (n: number, total: number) => t('search_found', count(n), count(total)),
  nothing: t('search_nothing'),
}

export interface Search {
  /** What is looked for, in lower case. */
  readonly low: string
  /** The row that is shown; null when there is none. */
  readonly row: Row | null
  /** Which of the rows that were found it is, counted from 1. */
  readonly n: number
  readonly total: number
}

/** What DevTools' own search looks for in the log; null while it looks for nothing. */
export const search = signal<Search | null>(null)

/** Whether the search finds a row. */
export const isFound = (row: Row): boolean =>
  search.value !== null && searchable(row).low.includes(search.value.low)

/** Looks through the whole log, from the row that is shown; `step` 0 stays there while it is found. */
function find(low: string, step: -1 | 0 | 1): void {
  const found = shownRows.peek().rows.filter((row) => searchable(row).low.includes(low))
  const key = search.peek()?.row?.key
  const before = found.findIndex((row) => row.key === key)
  const n = before === -1 ? 0 : (before + step + found.length) % found.length
  const row = found[n] ?? null
  search.value = { low, row, n: row ? n + 1 : 0, total: found.length }
  if (row) setGroupOpen(groupOf(row), true)
  announce(searchText(search.value))
}

/** Where the search is, in words. */
export const searchText = ({ n, total }: Search): string => (total > 0 ? text.found(n, total) : text.nothing)

/** What the DevTools page passes on of `ExtensionPanel.onSearch`. */
const Asked = v.object({
  action: v.picklist(['performSearch', 'nextSearchResult', 'previousSearchResult', 'cancelSearch']),
  query: v.optional(v.nullable(v.string())),
})

function ask({ action, query }: v.InferOutput<typeof Asked>): void {
  const low = search.peek()?.low
  if (action === 'performSearch' && query) find(query.toLowerCase(), 0)
  else if (action === 'nextSearchResult' && low) find(low, 1)
  else if (action === 'previousSearchResult' && low) find(low, -1)
  else if (action === 'cancelSearch' || action === 'performSearch') search.value = null
}

/** Answers DevTools' search for as long as the panel lives. */
export function answerSearch(): void {
  addEventListener('panelsearch', (event) => {
    // It was made in the DevTools page, so it is not a CustomEvent of this one.
    const asked = v.safeParse(Asked, 'detail' in event ? event.detail : null)
    if (asked.success) ask(asked.output)
  })
}
