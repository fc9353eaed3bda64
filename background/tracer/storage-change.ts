import type { StorageChanged } from '../../protocol/storage-events'

/** A background fetch keeps its responses in a cache of its own, which no script can see. */
const HIDDEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 4000) : '')

/**
 * The origin of which a background fetch has just begun, or has a response more; null for any other event.
 * https://chromedevtools.github.io/devtools-protocol/tot/Storage/#event-cacheStorageContentUpdated
 */
export function stirredBy(method: string, params: Record<string, unknown>): string | null {
  if (method !== 'Storage.cacheStorageContentUpdated' || !HIDDEN.test(text(params.cacheName))) return null
  return text(params.origin).replace(/\/$/, '')
}

/**
 * A change of an origin's storage that CDP tells, or null for any other event.
 * https://chromedevtools.github.io/devtools-protocol/tot/Storage/
 */
export function storageChange(method: string, params: Record<string, unknown>): StorageChanged | null {
  const base = { type: 'storage-changed' as const, origin: text(params.origin).replace(/\/$/, '') }
  if (method === 'Storage.cacheStorageContentUpdated') {
    const name = text(params.cacheName)
    return HIDDEN.test(name) ? null : { ...base, kind: 'cache-content', name, store: '' }
  }
  if (method === 'Storage.indexedDBContentUpdated') {
    return {
      ...base,
      kind: 'indexeddb-content',
      name: text(params.databaseName),
      store: text(params.objectStoreName),
    }
  }
  // The list of caches changes for a background fetch's hidden cache too: which cache it was is not said.
  if (method === 'Storage.cacheStorageListUpdated')
    return { ...base, kind: 'cache-list', name: '', store: '' }
  if (method === 'Storage.indexedDBListUpdated')
    return { ...base, kind: 'indexeddb-list', name: '', store: '' }
  return null
}
