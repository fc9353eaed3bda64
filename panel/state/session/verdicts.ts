import type { Evidence } from '../../model/audit/evidence/evidence'
import type { Fetch } from '../../model/session/view'
import { type VerdictCell, verdictCell } from '../../model/table/verdict-cell'
import { siteSettingsChanged, siteSettingsOf } from '../site-settings'

interface Known {
  readonly evidence: Evidence | null
  readonly settings: number
  readonly cell: VerdictCell | null
}

const known = new WeakMap<Fetch, Known>()

/** The verdict on a fetch, judged anew only when its evidence or the reader's settings have changed. */
export function verdictOf(fetch: Fetch): VerdictCell | null {
  const settings = siteSettingsChanged.value
  const { evidence } = fetch
  const before = known.get(fetch)
  if (before && before.evidence === evidence && before.settings === settings) return before.cell
  const cell = verdictCell(fetch, siteSettingsOf(fetch.storageKey))
  known.set(fetch, { evidence, settings, cell })
  return cell
}
