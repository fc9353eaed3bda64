import type { Description } from '../describe/description'
import type { Row } from '../session/view'

/** All that is known of a row, as it is shown when the row is expanded and as it is copied. */
export const rowData = (row: Row, { name, text, level }: Description) => ({
  time: new Date(row.at).toISOString(),
  at: row.at,
  source: row.event.source,
  fetch: row.fetch && {
    id: row.fetch.id,
    occurrence: row.fetch.occurrence,
    scope: row.fetch.scope,
    storageKey: row.fetch.storageKey,
  },
  level,
  name,
  text,
  event: row.event,
})
