import { expect, test } from 'vitest'
import type { StorageChanged } from '../../../protocol/storage-events'
import type { Gap } from '../../../protocol/storage-gaps'
import { createAuditStream, type Look, usageOf } from './audit.fixture'

const gone = { kind: 'cache', container: '', name: 'dl-episode', mentions: true } as const
/** A cache that was there before the fetch, or not, is deleted by its handler and counted still. */
const deleted = (grown: number): Look => ({
  removed: [gone],
  deletedCaches: { names: ['dl-episode'], bytes: 615_000, grown },
  usage: usageOf(1_200_000 + grown),
  usageBefore: usageOf(1_200_000),
})
const changeOf = (name: string, kind: StorageChanged['kind'] = 'cache-content') => ({
  ...{ type: 'storage-changed' as const, origin: 'https://pod.example', store: '' },
  kind,
  name,
})

/** A fetch that has ended; whether the browser reported changes of the caches meanwhile. */
function ended(look: Look, reported = true) {
  const story = createAuditStream().seen().settled()
  if (reported) story.stream.page(changeOf('', 'cache-list'), 20)
  return story.over(look).later(look)
}

test('a deleted cache that is still counted is no growth of the caches', () => {
  expect(ended(deleted(0)).verdict().kind).toBe('clean')
  expect(ended(deleted(615_000)).verdict().kind).toBe('clean')
  expect(ended({ ...deleted(615_000), usage: usageOf(2_600_000) }).verdict().line).toBe(
    '785 kB in Cache Storage that no listed item accounts for, not matched to this fetch',
  )
})

test('where no change of the caches was reported, an entry of the same size may have come into another one', () => {
  const { kind, line } = ended(deleted(0), false).verdict()
  expect(kind).toBe('unknown')
  expect(line).toMatch(/caches may hold new entries/)
  const alone: Look = {
    ...deleted(0),
    deletedCaches: { names: ['dl-episode'], bytes: 1, grown: 0, alone: true },
  }
  expect(ended(alone, false).verdict().kind).toBe('clean')
})

test('where new entries may be in the caches, the estimate is said to have grown, and to count deleted ones', () => {
  const gaps: Gap[] = [{ kind: 'caches-not-listed', grown: 615_000 }]
  const { kind, line } = ended({ gaps }).verdict()
  expect(kind).toBe('unknown')
  expect(line).toMatch(
    /the browser’s estimate of their bytes, which counts deleted caches for a while, is 615 kB above/,
  )
})

test.each([
  ['dl-episode', 'clean'],
  ['media', 'unknown'],
])('beside a deleted cache, a change of %s that was not read leaves it %s', (name, kind) => {
  const story = createAuditStream().seen().settled()
  story.stream.page(changeOf(name), 20)
  expect(story.over(deleted(0)).later(deleted(0)).verdict().kind).toBe(kind)
})
