import { expect, test } from 'vitest'
import type { StorageChanged } from '../../../protocol/storage-events'
import { createAuditStream } from '../audit/audit.fixture'
import { KEY, observed } from '../streams/events.fixture'

/** The row of a change that the browser reports so many milliseconds after the end of the event. */
function rowOf(kind: StorageChanged['kind'], name = '', store = '') {
  const { stream } = createAuditStream().seen().settled()
  stream.page(observed.over('h'))
  stream.page({ type: 'storage-changed', kind, origin: KEY, name, store }, 22, {
    ...{ producer: 'tracer', source: 'storage', document: null, storageKey: null },
  })
  return stream.last()
}

test('a change is said to have been reported at a moment: it may have come earlier', () => {
  expect(rowOf('indexeddb-content', 'podcasts', 'queue')).toBe(
    'IndexedDB podcasts/queue reported as changed: 22 ms after the event ended',
  )
  expect(rowOf('cache-content', 'media')).toBe(
    'cache “media” reported as changed: 22 ms after the event ended',
  )
})

test('the list of databases is reported with other changes as well: no database is said to have come or gone', () => {
  expect(rowOf('indexeddb-list')).toMatch(
    /^IndexedDB: list of databases reported as changed: .* after the event ended; reported with each change in a database, too: whether one was created, deleted or upgraded is not known$/,
  )
  expect(rowOf('cache-list')).toMatch(/list of caches reported as changed: [^;]*$/)
})
