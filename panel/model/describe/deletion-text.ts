import type { Deletable, DeletionOutcome } from '../../../protocol/deletions'
import type { BodyOf } from '../../../protocol/events'
import { t } from '../../i18n/i18n'
import { count, oneLine } from '../format'
import { type Description, error, info, warning } from './description'

/** An item with what kind of thing it is, in words: `IndexedDB row “map-7” in maps/tiles`. */
export function deletableText(item: Deletable): string {
  const short = (text: string) => oneLine(text, 120)
  switch (item.kind) {
    case 'cache-entry':
      return t('delete_entry', short(`${item.method} ${item.url}`), short(item.cache))
    case 'row':
      return t('delete_row', short(item.key), short(`${item.database}/${item.store}`))
    case 'file':
      return t('delete_file', short(item.path))
    case 'local-storage':
      return t('delete_local', short(item.key))
    case 'session-storage':
      return t('delete_session', short(item.key))
    case 'notification':
      return t('delete_notification', short(item.title || item.tag))
  }
}

/** What became of a deletion, in a few words. */
export function deletionText(outcome: DeletionOutcome): string {
  switch (outcome.kind) {
    case 'deleted':
      return t('delete_done')
    case 'gone':
      return t('delete_gone')
    case 'emptied':
      return t('delete_emptied')
    case 'busy':
      return t('delete_busy')
    case 'ambiguous':
      return t('delete_ambiguous', count(outcome.count))
    case 'failed':
      return outcome.error
  }
}

/** A person deleted what a fetch had left. */
export function itemDeleted({ item, outcome }: BodyOf<'item-deleted'>): Description {
  const what = deletableText(item)
  if (outcome.kind === 'deleted') return info(t('row_deleted'), what)
  const describe = outcome.kind === 'failed' ? error : warning
  return describe(t('row_not_deleted'), t('row_not_deleted_text', what, deletionText(outcome)))
}
