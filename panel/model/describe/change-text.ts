import type { StorageChanged } from '../../../protocol/storage-events'
import { t } from '../../i18n/i18n'
import { oneLine } from '../format'

/** What changed, in a few words. */
export function changeText({ kind, name, store }: StorageChanged): string {
  switch (kind) {
    case 'cache-list':
      return t('row_cache_list')
    case 'indexeddb-list':
      return t('row_database_list')
    case 'cache-content':
      return t('row_cache_changed', oneLine(name, 100))
    case 'indexeddb-content':
      return t('row_store_changed', oneLine(name, 100), oneLine(store, 100))
  }
}
