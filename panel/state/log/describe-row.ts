import type { SessionEvent } from '../../../protocol/events'
import { describe } from '../../model/describe/describe'
import type { Description } from '../../model/describe/description'
import { type Filterable, filterable } from '../../model/log/filter'
import type { Row } from '../../model/session/view'
import { model } from '../session/session'
import { siteSettingsOf } from '../site-settings'

/** Only what rules have found follows from what is set for a site; rules are disabled for all sites. */
const settingsOf = ({ fetch, kind }: Row) =>
  kind === 'verdict' || kind === 'script-finding' ? siteSettingsOf(fetch?.storageKey ?? '') : undefined

/** What a row says in the log, as it is now: without what the column beside it says. */
export const describeRow = (row: Row): Description => describe(row, settingsOf(row), true)

/** What a row says where it stands alone. */
export const describeRowInFull = (row: Row): Description => describe(row, settingsOf(row))

/**
 * What rows of one session say, by their keys, counted from the first that was asked for, and what each text was made of. These are
 * lists, as a search reads all of it: an object for each row would be one more place in memory to go to.
 */
interface Known {
  readonly texts: (Filterable | undefined)[]
  readonly events: SessionEvent[]
  readonly fetches: Row['fetch'][]
  readonly notes: string[]
}

const nothing = (): Known => ({ texts: [], events: [], fetches: [], notes: [] })

let known = nothing()
let first = 0
let of = model()

/** Drops what rows said; call it when they are gone. */
export function forget(): void {
  of = model()
  known = nothing()
}

/** What a row is found by: put into words once, and again when the row says something else. */
export function searchable(row: Row): Filterable {
  if (of !== model()) forget()
  const { texts, events, fetches, notes } = known
  if (texts.length === 0) first = row.key
  const { event, fetch, note } = row
  const i = row.key - first
  const before = texts[i]
  if (before && events[i] === event && fetches[i] === fetch && notes[i] === note) return before
  const text = filterable(row, describeRow(row))
  // What these say follows what is set for the site, whether the event of the fetch is over, and what is known of its requests.
  const mayChange =
    row.kind === 'verdict' ||
    row.kind === 'script-finding' ||
    ((row.kind === 'storage-changed' || row.kind === 'settled') && fetch?.overAt === null)
  if (!mayChange && i >= 0) {
    texts[i] = text
    events[i] = event
    fetches[i] = fetch
    notes[i] = note
  }
  return text
}

/** Milliseconds after which the rows have waited long enough for their turn. */
const PATIENCE = 200
/** Milliseconds in which rows are put into words before anything else gets its turn. */
const SLICE = 8

/** Puts all rows into words while nothing else is to be done, so that the first search is as quick as the next. */
export function warm(rows: readonly Row[], from = 0): void {
  requestIdleCallback(
    () => {
      const end = performance.now() + SLICE
      let i = from
      for (; i < rows.length && performance.now() < end; i++) {
        const row = rows[i]
        if (row) searchable(row)
      }
      if (i < rows.length && i > from) warm(rows, i)
    },
    { timeout: PATIENCE },
  )
}
