import { t } from '../../i18n/i18n'
import type { StoredCount } from '../audit/clean-line'
import type { SiteSettings } from '../audit/site-settings'
import { audit, type VerdictKind } from '../audit/verdict'
import { verdictName } from '../describe/describe-storage'
import type { Fetch } from '../session/view'

/** The verdict as the table, the summary and the notices show it. */
export interface VerdictCell {
  readonly kind: VerdictKind
  /** The storage was read for the last time: it does not change any more. */
  readonly final: boolean
  /** How many items are left, or new and not matched; 0 where nothing is. */
  readonly items: number
  /** Complete responses that are stored all the same, where it is clean; null where none is. */
  readonly kept: StoredCount | null
  /** All of it in one sentence. */
  readonly line: string
}

/** The verdict on a fetch's end; null while the fetch is not to be judged, or its storage was not read yet. */
export function verdictCell(fetch: Fetch, settings: SiteSettings): VerdictCell | null {
  const verdict = audit(fetch, settings)
  if (!verdict) return null
  const { kind, final, line, left, unmatched, kept } = verdict
  return {
    kind,
    final,
    line,
    kept,
    items: kind === 'left' ? left.length : kind === 'unmatched' ? unmatched.length : 0,
  }
}

/** The verdict in a word or two; one that may still change says so. */
export function verdictText(cell: VerdictCell): string {
  const { kind, final, items, kept } = cell
  if (kept) {
    const clean = t('cell_kept', verdictName({ kind, final: true }), kept.responses)
    return final ? clean : t('verdict_so_far', clean)
  }
  if (items === 0) return verdictName(cell)
  const counted = t(kind === 'left' ? 'cell_left_count' : 'cell_new_count', items)
  return final ? counted : t('verdict_so_far', counted)
}
