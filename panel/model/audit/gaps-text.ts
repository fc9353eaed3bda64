import type { Gap } from '../../../protocol/storage-gaps'
import { counted, say } from '../../words/words'
import { bytes, count, oneLine } from '../format'
import type { Fetch } from '../view'
import type { Reason } from './reasons'

type Area = Extract<Gap, { kind: 'unreadable' }>['area']

/** What the kinds of storage are called. */
/** What ended before the storage was read. */
const endedBefore: Record<NonNullable<Fetch['auditLost']>, string> = {
  page: say('gap_page_gone'),
  panel: say('gap_panel_closed'),
  recording: say('gap_recording_ended'),
  unlisted: say('gap_unlisted'),
}
/** What ended before it was read a second time. */
const endedBeforeFinal: typeof endedBefore = {
  page: say('gap_page_gone_later'),
  panel: say('gap_panel_closed_later'),
  recording: say('gap_recording_ended_later'),
  unlisted: say('gap_unlisted'),
}

export const areaName: Record<Area, string> = {
  'cache-storage': 'Cache Storage',
  indexeddb: 'IndexedDB',
  files: 'OPFS',
  'local-storage': 'localStorage',
  'session-storage': 'sessionStorage',
  notifications: say('area_notifications'),
  usage: say('area_usage'),
}

const limitOf: Record<Extract<Gap, { kind: 'count-limit' }>['of'], string> = {
  caches: say('limit_caches'),
  databases: say('limit_databases'),
  'object-stores': say('limit_object_stores'),
  files: say('limit_files'),
  directories: say('limit_directories'),
  keys: say('limit_keys'),
  notifications: say('limit_notifications'),
}

const short = (text: string) => oneLine(text, 100)
const many = (number: number, one: Parameters<typeof say>[0], other: Parameters<typeof say>[0]) =>
  say(counted(number, one, other), count(number))

/** Why something was not compared, in one sentence without its end. */
function whatText(reason: Reason): string {
  switch (reason.kind) {
    case 'unreadable':
      return say('gap_unreadable', areaName[reason.area], oneLine(reason.detail, 200))
    case 'time-limit':
      return say('gap_time_limit', areaName[reason.area], count(reason.read))
    case 'count-limit': {
      const where = reason.container === '' ? '' : ` (${short(reason.container)})`
      const what = `${limitOf[reason.of]}${where}`
      return reason.unread === null
        ? say('gap_limit_some', what)
        : say('gap_limit', what, count(reason.unread))
    }
    case 'cache-large':
      return say('gap_cache_large', short(reason.cache))
    case 'caches-not-listed':
      return reason.grown === null || reason.grown === 0
        ? say('gap_caches_not_listed')
        : say('gap_caches_grown', bytes(reason.grown))
    case 'store-large':
      return say('gap_store_large', short(`${reason.database}/${reason.store}`), count(reason.rows))
    case 'values-not-compared':
      return say('gap_values', short(`${reason.database}/${reason.store}`))
    case 'database-busy':
      return say('gap_database_busy', short(reason.database))
    case 'database-error':
      return say('gap_database_error', short(reason.database), oneLine(reason.detail, 200))
    case 'changed-while-read':
      return say('gap_changed', areaName[reason.area], short(reason.container))
    case 'urls-limit':
      return many(reason.unread, 'gap_urls_one', 'gap_urls_many')
    case 'items-limit':
      return say('gap_items_limit', areaName[reason.area], count(reason.unlisted))
    case 'body-size':
      return say('gap_body_size', areaName[reason.area], short(`${reason.container} ${reason.name}`.trim()))
    case 'ended-early':
      return reason.final ? endedBeforeFinal[reason.why] : endedBefore[reason.why]
    case 'no-baseline':
      return say('gap_no_baseline')
    case 'late-baseline':
      return say('gap_late_baseline')
    case 'requests':
      return say('gap_requests')
    case 'requests-limit':
      return say('gap_requests_some', count(reason.unread), count(reason.total))
    case 'shared-url':
      return sharedText(reason.count)
    case 'id-reused':
      return say('gap_reused')
    case 'item-age':
      return many(reason.items, 'gap_items_one', 'gap_items_many')
    case 'error-age':
      return many(reason.items, 'gap_error_one', 'gap_error_many')
    case 'stored-size':
      return many(reason.items, 'gap_stored_size_one', 'gap_stored_size_many')
    case 'record-unknown':
      return many(reason.items, 'gap_record_one', 'gap_record_many')
    case 'stored-before':
      return many(reason.items, 'gap_stored_before_one', 'gap_stored_before_many')
    case 'may-hold':
      return say(
        counted(reason.items, 'gap_may_hold_one', 'gap_may_hold_many'),
        short(reason.first),
        count(reason.items),
      )
    case 'usage-unknown':
      return say('gap_usage')
    case 'end-unknown':
      return say('gap_end_unknown')
  }
}

/** What is said of requests that have one URL. */
export const sharedText = (number: number): string => say('shared_url', count(number))

/** Why something was not compared, and on which side of the comparison. */
export function reasonText(reason: Reason): string {
  const what = whatText(reason)
  return 'side' in reason && reason.side === 'baseline' ? say('gap_in_baseline', what) : what
}
