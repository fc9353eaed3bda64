import type { StorageItem } from '../../../protocol/storage-items'
import { counted, t } from '../../i18n/i18n'
import { bytes, count, oneLine } from '../format'
import type { Evidence, JudgedItem, Outcome } from './evidence/evidence'
import { labelOf, sizeOf } from './evidence/items'
import { isByUrl, whereText } from './evidence/outcomes'
import type { Reason } from './evidence/reasons'

/** Complete responses of a fetch without success that are stored: part of a download that did not come whole. */
export interface StoredCount {
  readonly responses: number
  /** All its requests. */
  readonly total: number
}

type Known = Pick<Evidence, 'outcomes' | 'items' | 'aborted' | 'removedLate'>

/** Whether all items of a stored response were removed after the event. */
function isGone({ items: found }: Outcome, items: readonly JudgedItem[]): boolean {
  const gone = new Set(items.filter((one) => one.gone).map(({ item }) => item))
  return found.length > 0 && found.every((item) => gone.has(item))
}

function numberOf({ outcomes, items }: Known, gone: boolean): StoredCount | null {
  const stored = outcomes.filter(({ outcome }) => outcome === 'stored')
  const responses = stored.filter((one) => isGone(one, items) === gone).length
  return responses > 0 ? { responses, total: outcomes.length } : null
}

/** How many of its responses are stored, of how many, as far as they were not removed later; null where none is. */
export const keptOf = (evidence: Known): StoredCount | null => numberOf(evidence, false)

/** Where an item is, with what that is: "cache dl-7", "OPFS movie.bin". */
const placeText = (item: StorageItem): string =>
  item.kind === 'cache-entry' ? t('where_cache', item.cache) : whereText(item)

function placesText(items: readonly StorageItem[]): string {
  const names = [...new Set(items.map(placeText))]
  const first = oneLine(names[0] ?? '', 100)
  const more = names.length - 1
  return more > 0 ? t(counted(more, 'left_more'), first, count(more)) : first
}

/** Such responses with their bytes, and where they are or were. */
function responsesText(
  evidence: Known,
  kept: StoredCount,
  gone: boolean,
): [responses: string, places: string] {
  const items = evidence.items
    .filter((one) => one.relation === 'stored' && one.gone === gone)
    .map(({ item }) => item)
  const size = items.reduce((sum, item) => sum + (sizeOf(item) ?? 0), 0)
  const number = t(counted(kept.total, 'stored_of'), count(kept.responses), count(kept.total))
  const stored = evidence.outcomes.filter((one) => one.outcome === 'stored')
  const more = [size > 0 && bytes(size), stored.some(isByUrl) && t('by_url_and_size')].filter(Boolean)
  return [more.length > 0 ? `${number} (${more.join(', ')})` : number, placesText(items)]
}

function keptText(evidence: Known): string {
  const kept = keptOf(evidence)
  if (!kept) return t('clean_nothing')
  const key = counted(kept.responses, evidence.aborted ? 'clean_kept_abort' : 'clean_kept')
  return t(key, ...responsesText(evidence, kept, false))
}

/** It says that what is stored may not be a complete response. */
const isDoubt = ({ kind }: Reason): boolean =>
  kind === 'stored-size' ||
  kind === 'record-unknown' ||
  kind === 'content-unknown' ||
  kind === 'encoding-unknown'

/** Which of its complete responses are stored although it had no success; '' where none is, or one may not be complete. */
export function keptLine(evidence: Known & Pick<Evidence, 'reasons'>): string {
  const kept = keptOf(evidence)
  if (!kept || evidence.reasons.some(isDoubt)) return ''
  const key = counted(kept.responses, evidence.aborted ? 'line_kept_abort' : 'line_kept')
  return t(key, ...responsesText(evidence, kept, false))
}

/** What there is now that was not there before, where nothing of it is wrong. */
export function cleanLine(evidence: Known, others: readonly JudgedItem[], suppressed: number): string {
  const gone = numberOf(evidence, true)
  const parts = gone ? [t(counted(gone.responses, 'clean_gone'), ...responsesText(evidence, gone, true))] : []
  parts.push(keptText(evidence))
  const [removed] = evidence.removedLate
  if (removed) {
    const items = evidence.removedLate.length
    parts.push(t(counted(items, 'clean_removed_late'), count(items), oneLine(labelOf(removed), 100)))
  }
  const [other] = others
  if (other) {
    const items = others.length
    parts.push(t(counted(items, 'clean_others'), count(items), oneLine(other.owner, 60)))
  }
  if (suppressed > 0) {
    parts.push(t(counted(suppressed, 'clean_ignored'), count(suppressed)))
  }
  return parts.join('; ')
}
