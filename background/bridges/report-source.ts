import type { Source } from '../../protocol/events'
import type { PageBody } from '../../protocol/page-events'

/** What a bridge reports of the storage. */
const STORAGE: ReadonlySet<string> = new Set(['storage-snapshot', 'request-outcomes', 'storage-baseline'])
/** What it does for a person. */
const PANEL: ReadonlySet<string> = new Set([
  'planned-abort-applied',
  'planned-abort-fired',
  'planned-abort-removed',
  'item-deleted',
])

/** Where a report of a bridge comes from; what is of none of the others is of the page. */
export const sourceOf = ({ type }: PageBody): Source =>
  STORAGE.has(type) ? 'storage' : PANEL.has(type) ? 'panel' : 'page'
