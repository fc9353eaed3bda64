import { t } from '../../i18n/i18n'
import type { Fetch } from '../session/view'

const text = {
  lost: t('storage_before_lost'),
  lostRunning: t('storage_before_lost_running'),
  unlisted: t('storage_before_unlisted'),
  already: t('storage_no_before'),
  unread: t('storage_before_unread'),
}

/** Why what was stored before a fetch is not known, or not for certain; '' where it is known, or nothing was read after it. */
export function beforeText({ snapshots, unlisted, already }: Fetch): string {
  const last = snapshots.final ?? snapshots['event-ended'] ?? snapshots.settled
  if (!last || last.body.baseline === 'before') return ''
  const isUnread = last.body.baseline === 'none'
  if (last.baselineLost) return isUnread ? text.lost : text.lostRunning
  if (unlisted && !isUnread) return text.unlisted
  return already ? text.already : text.unread
}
