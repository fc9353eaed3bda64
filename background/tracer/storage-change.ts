import type { StorageChanged } from '../../protocol/storage-events'

/** A background fetch keeps its responses in a cache of its own, which no script can see. */
const HIDDEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 4000) : '')

/** Whether a cache is the hidden one of a background fetch, by its name. */
export const isHiddenCache = (name: string): boolean => HIDDEN.test(name)

/**
 * The origin of which a background fetch has just begun, or has a response more; null for any other event.
 * https://chromedevtools.github.io/devtools-protocol/tot/Storage/#event-cacheStorageContentUpdated
 */
export function touchedOrigin(method: string, params: Record<string, unknown>): string | null {
  if (method !== 'Storage.cacheStorageContentUpdated' || !isHiddenCache(text(params.cacheName))) return null
  return text(params.origin).replace(/\/$/, '')
}

/**
 * A change of an origin's storage that CDP reports, or null for any other event. Of a change of the list of caches it
 * does not say which cache it was: it may be the hidden one of a background fetch.
 * https://chromedevtools.github.io/devtools-protocol/tot/Storage/
 */
export function storageChange(method: string, params: Record<string, unknown>): StorageChanged | null {
  const change = (kind: StorageChanged['kind'], name = '', store = ''): StorageChanged => ({
    type: 'storage-changed',
    kind,
    origin: text(params.origin).replace(/\/$/, ''),
    name,
    store,
  })
  switch (method) {
    case 'Storage.cacheStorageListUpdated':
      return change('cache-list')
    case 'Storage.cacheStorageContentUpdated': {
      const name = text(params.cacheName)
      return isHiddenCache(name) ? null : change('cache-content', name)
    }
    case 'Storage.indexedDBListUpdated':
      return change('indexeddb-list')
    case 'Storage.indexedDBContentUpdated':
      return change('indexeddb-content', text(params.databaseName), text(params.objectStoreName))
    default:
      return null
  }
}
