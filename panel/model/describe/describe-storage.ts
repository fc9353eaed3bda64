import type { StorageBaseline, StorageChanged } from '../../../protocol/storage-events'
import { type CountedKey, counted, t } from '../../i18n/i18n'
import { reasonText } from '../audit/gaps-text'
import type { SiteSettings } from '../audit/site-settings'
import { audit, type VerdictKind } from '../audit/verdict'
import { count, duration, oneLine } from '../format'
import type { Row } from '../session/view'
import { changeText } from './change-text'
import { type Description, error, info, warning } from './description'

const level: Record<VerdictKind, (name: string, text: string) => Description> = {
  wrong: error,
  left: warning,
  unmatched: warning,
  errors: warning,
  unknown: info,
  clean: info,
  stored: info,
  'not-stored': warning,
  answered: info,
}

const names: Record<VerdictKind, string> = {
  wrong: t('verdict_wrong'),
  left: t('verdict_left'),
  unmatched: t('verdict_unmatched'),
  errors: t('verdict_errors'),
  unknown: t('verdict_unknown'),
  clean: t('verdict_clean'),
  stored: t('verdict_stored'),
  'not-stored': t('verdict_not_stored'),
  answered: t('verdict_answered'),
}

/** What a verdict is called; "so far" until the storage was compared a quiet time after the end. */
export const verdictName = ({
  kind,
  final,
}: {
  readonly kind: VerdictKind
  readonly final: boolean
}): string => (final ? names[kind] : t('verdict_so_far', names[kind]))

/** How serious a verdict is. */
export const verdictLevel = (kind: VerdictKind): Description['level'] => level[kind]('', '').level

/**
 * The verdict on a fetch's end, in one line, as it was when the row came.
 *
 * @param listed it stands in the log, where the row of the final verdict says the same
 */
export function describeVerdict(
  { fetch, evidence }: Row,
  settings: SiteSettings,
  listed: boolean,
): Description {
  const verdict = audit({ evidence }, settings)
  if (!verdict) return info('verdict', '')
  const name = verdictName(verdict)
  const last = fetch && listed && !verdict.final ? audit(fetch, settings) : null
  const isRepeated = last?.final && last.line === verdict.line
  const line = isRepeated ? t('verdict_final_below') : oneLine(verdict.line, 500)
  if (verdict.changedAfter === null) return level[verdict.kind](t('row_verdict', name), line)
  const since = t('verdict_changed_after', duration(verdict.changedAfter))
  return level[verdict.kind](t('row_verdict_changed', name), `${since} ${line}`)
}

const some = (count: number, key: CountedKey) => t(counted(count, key), count)

/** The storage as it was before the fetches to come. */
export function describeBaseline({ caches, stores, files, gaps }: StorageBaseline): Description {
  const found = [some(caches, 'known_caches'), some(stores, 'known_stores'), some(files, 'known_files')].join(
    ', ',
  )
  // All that it says is of the baseline.
  const missing = gaps.map((gap) => reasonText('side' in gap ? { ...gap, side: 'now' } : gap))
  const shown = oneLine([...new Set(missing)].join('; '), 300)
  return info(t('row_known'), shown ? t('row_known_cut', found, shown) : t('row_known_text', found))
}

/** When it changed: what is seen of it after the event is counted from the event's end. */
function whenChanged({ fetch, at, event, note, count: times }: Row): string {
  const spread = duration(event.at - at)
  const within = times > 1 ? t('changed_within', spread) : ''
  const joined = (when: string) => [within, when].filter(Boolean).join(', ')
  if (note || !fetch) return joined(note)
  const { overAt } = fetch
  if (overAt === null || event.at <= overAt) return joined(t('changed_during'))
  if (at <= overAt) return within
  const first = duration(at - overAt)
  return times > 1 ? t('changed_after_from', first, duration(event.at - overAt)) : t('changed_after', first)
}

/** A change of the origin's storage, as the browser reported it. */
export function describeChange(row: Row, change: StorageChanged): Description {
  const times = row.count > 1 ? t('changed_times', count(row.count)) : ''
  const details = [times, whenChanged(row)].filter(Boolean).join(', ')
  const note = change.kind === 'indexeddb-list' ? t('row_database_list_note') : ''
  return info(changeText(change), [details, note].filter(Boolean).join('; '))
}
