import { expect, test } from 'vitest'
import type { StorageChanged } from '../../../protocol/storage-events'
import type { Gap } from '../../../protocol/storage-gaps'
import { KEY, observed } from '../streams/events.fixture'
import { createAuditStream, entryOf, foreign, recordOf, usageOf } from './audit.fixture'

const changeOf = (kind: StorageChanged['kind'], name: string, store = ''): StorageChanged => ({
  type: 'storage-changed',
  kind,
  origin: KEY,
  name,
  store,
})
const cache = changeOf('cache-content', 'podcasts')
const grown: Gap = { kind: 'caches-not-listed', grown: 500 }

/** An aborted fetch during whose event something changed, and what is read afterwards. */
function aborted(changes: readonly StorageChanged[], gaps: Gap[], items: ReturnType<typeof entryOf>[] = []) {
  const story = createAuditStream().seen().settled()
  const about = { producer: 'tracer', source: 'storage' as const, document: null, storageKey: null }
  for (const change of changes) story.stream.page(change, 9, about)
  return story.over({ gaps, items }).later({ gaps, items }).verdict()
}

test('an unknown says which cache changed during the event, and that what changed was not read', () => {
  const { kind, line, gaps } = aborted([cache, cache], [grown])
  expect(kind).toBe('unknown')
  expect(line).toBe(
    'nothing wrong was found in what could be compared; the caches may hold new entries, as the browser’s estimate of their bytes, which counts deleted caches for a while, is 500 B above what was found: only the URLs of the fetch were looked up; cache “podcasts” reported as changed 19 ms after the end of the fetch (this change was not read)',
  )
  expect(gaps).toHaveLength(2)
})

test('of an object store it is said where its database was busy, and not where another one was', () => {
  const store = changeOf('indexeddb-content', 'pod', 'downloads')
  const busy = (database: string): Gap => ({ kind: 'database-busy', database, side: 'now' })
  expect(aborted([store], [busy('pod')]).line).toMatch(
    /IndexedDB pod\/downloads reported as changed 19 ms after/,
  )
  expect(aborted([store], [busy('other')]).line).not.toMatch(/changed/)
  expect(aborted([store], []).kind).toBe('clean')
})

test('several are counted, and all are in the details', () => {
  const { line, gaps } = aborted([cache, changeOf('cache-content', 'images')], [grown])
  expect(line).toMatch(/cache “podcasts” reported as changed 19 ms after .* \(and 1 more\)$/)
  expect(gaps.filter((gap) => gap.includes('changed'))).toHaveLength(2)
})

test('what was found new is not called unread', () => {
  const { kind, gaps } = aborted([cache], [grown], [foreign(entryOf(200, { cache: 'podcasts' }))])
  expect(kind).toBe('unmatched')
  expect(gaps.join()).not.toMatch(/podcasts/)
})

test('it is said where nothing was read at all', () => {
  const story = createAuditStream().seen().settled()
  story.stream.page(cache, 9, { producer: 'tracer', source: 'storage', document: null, storageKey: null })
  story.stream.page(observed.over('h'))
  story.stream.page(observed.frameGone())
  expect(story.verdict().line).toMatch(/cache “podcasts” reported as changed 19 ms after/)
})

test('a success of which nothing is found is not unknown for that', () => {
  const story = createAuditStream().seen({}, 1000).settled([recordOf()], observed.success('h'))
  story.stream.page(cache, 9, { producer: 'tracer', source: 'storage', document: null, storageKey: null })
  const look = { gaps: [{ kind: 'entries-not-compared', bytes: 10 } satisfies Gap], usage: usageOf() }
  const verdict = story.over(look).later(look).verdict()
  expect(verdict.kind).toBe('not-stored')
  expect(verdict.gaps.join()).toMatch(/podcasts/)
})
