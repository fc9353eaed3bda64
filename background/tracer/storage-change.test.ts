import { expect, test } from 'vitest'
import { storageChange, touchedOrigin } from './storage-change'

const origin = 'https://pod.example'
const HIDDEN = '8bad18e9-fb60-476d-b092-a0120b7c3c73'

test.each([
  ['cacheStorageListUpdated', {}, { kind: 'cache-list', name: '', store: '' }],
  [
    'cacheStorageContentUpdated',
    { cacheName: 'episodes' },
    { kind: 'cache-content', name: 'episodes', store: '' },
  ],
  ['indexedDBListUpdated', {}, { kind: 'indexeddb-list', name: '', store: '' }],
  [
    'indexedDBContentUpdated',
    { databaseName: 'pod', objectStoreName: 'rows' },
    { kind: 'indexeddb-content', name: 'pod', store: 'rows' },
  ],
])('%s', (event, params, expected) => {
  const change = storageChange(`Storage.${event}`, { origin: `${origin}/`, ...params })
  expect(change).toEqual({ type: 'storage-changed', origin, ...expected })
})

test('what happens in the cache of a background fetch is no change, and shows that there is one', () => {
  const event = ['Storage.cacheStorageContentUpdated', { origin, cacheName: HIDDEN }] as const
  expect(storageChange(...event)).toBeNull()
  expect(touchedOrigin(...event)).toBe(origin)
})

test('other events are none', () => {
  expect(storageChange('Storage.interestGroupAccessed', {})).toBeNull()
})
