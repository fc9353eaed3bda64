import type { StorageItem } from '../../../protocol/storage-items'
import { t } from '../../i18n/i18n'
import { duration } from '../format'

/** What is seen so soon after a fetch was found was read at the same moment, in milliseconds. */
const SAME_MOMENT = 20

/** How old an item is, in words, compared with the fetch; '' for one that is new. */
export function ageText(item: StorageItem, seenAt: number): string {
  const { change, firstSeen, mayBeOlder } = item
  if (change === 'added') {
    if (firstSeen > seenAt + SAME_MOMENT) return ''
    const ahead = Math.max(0, seenAt - firstSeen)
    return ahead <= SAME_MOMENT ? t('age_when_found') : t('age_before_found', duration(ahead))
  }
  const before = duration(Math.max(0, seenAt - firstSeen))
  const changed = change === 'changed' ? t('age_changed') : ''
  const known = firstSeen < seenAt ? t(mayBeOlder ? 'age_at_least' : 'age_from', before) : ''
  const age = known || (mayBeOlder || change === 'unknown' ? t('age_may_be_older') : '')
  return [age, changed].filter(Boolean).join(', ')
}
