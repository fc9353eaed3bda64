import type { Gap } from '../../../protocol/storage-gaps'
import { type CountedKey, counted, t } from '../../i18n/i18n'
import { changeText } from '../describe/change-text'
import { bytes, count, duration, oneLine, timeOfDay } from '../format'
import type { AuditLost, Reason } from './evidence/reasons'

type Area = Extract<Gap, { kind: 'unreadable' }>['area']

/** What ended before the storage was read. */
const endedBefore: Record<AuditLost, string> = {
  page: t('gap_page_gone'),
  panel: t('gap_panel_closed'),
  recording: t('gap_recording_ended'),
  unlisted: t('gap_unlisted'),
}
/** What ended before it was read a second time. */
const endedBeforeFinal: typeof endedBefore = {
  page: t('gap_page_gone_later'),
  panel: t('gap_panel_closed_later'),
  recording: t('gap_recording_ended_later'),
  unlisted: t('gap_unlisted'),
}

/** What the kinds of storage are called. */
export const areaName: Record<Area, string> = {
  'cache-storage': 'Cache Storage',
  indexeddb: 'IndexedDB',
  files: 'OPFS',
  'local-storage': 'localStorage',
  'session-storage': 'sessionStorage',
  notifications: t('area_notifications'),
  usage: t('area_usage'),
}

/** The sentences that only count items. */
const gapOfItems = {
  'item-age': 'gap_items',
  'error-age': 'gap_error',
  'stored-size': 'gap_stored_size',
  'record-unknown': 'gap_record',
  'content-unknown': 'gap_content',
  'encoding-unknown': 'gap_encoding',
  'stored-before': 'gap_stored_before',
} as const

const lateBaseline = {
  lost: t('gap_late_baseline_lost'),
  unlisted: t('gap_baseline_unlisted'),
  running: t('gap_late_baseline'),
}

const limitOf: Record<Extract<Gap, { kind: 'count-limit' }>['of'], string> = {
  caches: t('limit_caches'),
  databases: t('limit_databases'),
  'object-stores': t('limit_object_stores'),
  files: t('limit_files'),
  directories: t('limit_directories'),
  keys: t('limit_keys'),
  notifications: t('limit_notifications'),
}

const short = (text: string) => oneLine(text, 100)
const many = (number: number, key: CountedKey) => t(counted(number, key), count(number))

/** Why something was not compared, in one sentence without its end. */
function whatText(reason: Reason): string {
  switch (reason.kind) {
    case 'unreadable':
      return t('gap_unreadable', areaName[reason.area], oneLine(reason.detail, 200))
    case 'time-limit':
      return t('gap_time_limit', areaName[reason.area], count(reason.read))
    case 'count-limit': {
      const where = reason.container === '' ? '' : ` (${short(reason.container)})`
      const what = `${limitOf[reason.of]}${where}`
      return reason.unread === null ? t('gap_limit_some', what) : t('gap_limit', what, count(reason.unread))
    }
    case 'cache-large':
      return t('gap_cache_large', short(reason.cache))
    case 'caches-not-listed':
      return reason.grown === null || reason.grown === 0
        ? t('gap_caches_not_listed')
        : t('gap_caches_grown', bytes(reason.grown))
    case 'store-large':
      return t('gap_store_large', short(`${reason.database}/${reason.store}`), count(reason.rows))
    case 'values-not-compared':
      return t('gap_values', short(`${reason.database}/${reason.store}`))
    case 'contents-not-compared':
      return t(
        counted(reason.rows, 'gap_contents'),
        count(reason.rows),
        short(`${reason.database}/${reason.store}`),
      )
    case 'entries-not-compared':
      return reason.bytes === null ? t('gap_entries') : t('gap_entries_bytes', bytes(reason.bytes))
    case 'buckets-not-read':
      return many(reason.buckets, 'gap_buckets')
    case 'database-busy':
      return t('gap_database_busy', short(reason.database))
    case 'database-error':
      return t('gap_database_error', short(reason.database), oneLine(reason.detail, 200))
    case 'changed-while-read':
      return t('gap_changed', areaName[reason.area], short(reason.container))
    case 'urls-limit':
      return many(reason.unread, 'gap_urls')
    case 'items-limit':
      return t('gap_items_limit', areaName[reason.area], count(reason.unlisted))
    case 'body-size':
      return t('gap_body_size', areaName[reason.area], short(`${reason.container} ${reason.name}`.trim()))
    case 'ended-early':
      return reason.final ? endedBeforeFinal[reason.why] : endedBefore[reason.why]
    case 'no-baseline':
      return t(reason.why ? 'gap_baseline_lost' : 'gap_no_baseline')
    case 'late-baseline':
      return lateBaseline[reason.why ?? 'running']
    case 'requests':
      return t('gap_requests')
    case 'requests-limit':
      return t('gap_requests_some', count(reason.unread), count(reason.total))
    case 'shared-url':
      return sharedText(reason.count)
    case 'second-look':
      return t('gap_second_look')
    case 'id-reused':
      return t('gap_reused')
    case 'id-shared':
    case 'entry-shared': {
      const [key, other] =
        reason.kind === 'id-shared'
          ? (['gap_id_shared', reason.scope] as const)
          : (['gap_entry_shared', reason.id] as const)
      return t(counted(reason.items, key), count(reason.items), short(reason.first), short(other))
    }
    case 'id-shared-gone':
      return t('gap_id_shared_gone', short(reason.first), short(reason.scope))
    case 'item-age':
    case 'error-age':
    case 'stored-size':
    case 'record-unknown':
    case 'content-unknown':
    case 'encoding-unknown':
    case 'stored-before':
      return many(reason.items, gapOfItems[reason.kind])
    case 'may-hold':
      return t(counted(reason.items, 'gap_may_hold'), short(reason.first), count(reason.items))
    case 'removed-unmatched':
      return t(counted(reason.items, 'gap_removed'), count(reason.items), short(reason.first))
    case 'removed-late':
      return t(counted(reason.items, 'gap_removed_late'), count(reason.items), short(reason.first))
    case 'changed-unread':
      return t('gap_changed_unread', changeText(reason.change), duration(reason.after))
    case 'usage-unknown':
      return t('gap_usage')
    case 'log-incomplete':
      return t('gap_log_incomplete')
    case 'may-have-thrown':
      return t(
        counted(reason.errors, reason.shared ? 'gap_shared_exception' : 'gap_may_have_thrown'),
        oneLine(reason.first, 200),
        count(reason.errors),
      )
    case 'may-have-logged':
      return t(counted(reason.errors, 'gap_shared_error'), oneLine(reason.first, 200), count(reason.errors))
    case 'read-early':
      return t('gap_read_early')
    case 'end-unknown':
      return t('gap_end_unknown')
    case 'quota-limited':
      return reason.until === null
        ? t('gap_quota_limited')
        : t('gap_quota_limited_until', timeOfDay(reason.until))
  }
}

/** What is said of requests that have one URL. */
export const sharedText = (number: number): string => t('shared_url', count(number))

/** Why something was not compared, and on which side of the comparison. */
export function reasonText(reason: Reason): string {
  const what = whatText(reason)
  return 'side' in reason && reason.side === 'baseline' ? t('gap_in_baseline', what) : what
}
