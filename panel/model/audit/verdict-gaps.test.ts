import { expect, test } from 'vitest'
import type { RemovedItem, StorageItem } from '../../../protocol/storage-items'
import { observed } from '../streams/events.fixture'
import { createAuditStream, foreign, type Look, recordOf, rowOf } from './audit.fixture'
import { noSettings } from './site-settings'
import { audit, type VerdictKind } from './verdict'
import { row } from './verdict.fixture'

test('entries of caches that were not compared are said to be so, and it is not called clean', () => {
  const gaps = [{ kind: 'entries-not-compared', bytes: 5000 }] as const
  const { kind, line } = createAuditStream()
    .seen()
    .ended({ gaps: [...gaps] })
    .verdict()
  expect(kind).toBe('unknown')
  expect(line).toBe(
    'nothing wrong was found in what could be compared; the cache entries under other URLs than those of the fetch (5.0 kB, in which the browser counts deleted caches for a while) were compared by their total size only, and not searched for its ID: see Application > Cache storage',
  )
  const success = createAuditStream()
    .seen()
    .ended({ gaps: [...gaps] }, [recordOf()], observed.success('h', 1000))
  expect(success.verdict()).toMatchObject({ kind: 'not-stored', gaps: [expect.stringMatching(/other URLs/)] })
})

test.each([
  [
    'a gap',
    { gaps: [{ kind: 'database-busy', database: 'pod', side: 'now' } as const] },
    /database pod is busy/,
  ],
  [
    'no baseline',
    { baseline: 'none', baselineAt: null } as const,
    /^nothing could be compared: the storage was not read before the fetch; no item that was read later mentions the fetch$/,
  ],
  ['a late baseline', { baseline: 'first-seen' } as const, /first read when the fetch was already running/],
  ['no usage', { usage: null }, /bytes in use are not known/],
  [
    'an item of which it is not known whether it is new',
    { items: [foreign({ ...row, change: 'unknown' as const })] },
    /1 item may be new/,
  ],
])('it is never clean where something was not compared: %s', (_, look, line) => {
  expect(createAuditStream().seen().ended(look).verdict()).toMatchObject({
    kind: 'unknown',
    line: expect.stringMatching(line),
  })
})

test('an item is not taken for unread because its name is in the words of a gap', () => {
  const gap = { kind: 'database-busy', database: 'other', side: 'now' } as const
  const story = createAuditStream()
    .seen()
    .ended({ items: [foreign(rowOf('busy', '', { database: 'pod v2 is busy' }))], gaps: [gap] })
  expect(story.verdict()).toMatchObject({
    kind: 'unmatched',
    gaps: ['database other is busy or was deleted'],
  })
})

test('no snapshot while it ran is needed where there is a baseline', () => {
  const story = createAuditStream()
  story.stream.page(observed.seen('h'))
  story.settled([recordOf({ status: 404 })], observed.failure('h', 'bad-status'))
  expect(
    story
      .over({ items: [row] })
      .later({ items: [row] })
      .verdict().kind,
  ).toBe('left')
})

test('a page that went away before the comparison is the reason that is given', () => {
  const lost = createAuditStream().seen().settled()
  lost.stream.page(observed.frameGone())
  expect(lost.verdict()).toMatchObject({
    kind: 'unknown',
    line: 'nothing could be compared: the page was closed or left before its storage was compared',
    gaps: [expect.stringMatching(/page was closed or left/)],
  })
  expect(lost.said()).toHaveLength(1)
  // The next page of the origin may read the storage after all.
  lost.look('event-ended', { items: [row] })
  expect(lost.verdict()).toMatchObject({ kind: 'left' })
})

/** What a page reads that knows nothing of before: all that is stored. */
const byAnotherPage = (items: readonly StorageItem[]): Look => ({
  baseline: 'none',
  baselineAt: null,
  usageBefore: null,
  items: items.map((item) => ({ ...item, change: 'unknown', mayBeOlder: true })),
  gaps: [{ kind: 'caches-not-listed', grown: null }],
})
const note = foreign(rowOf('note'))

test.each<[string, Look, Look, VerdictKind, RegExp]>([
  ['what is still there', { items: [row] }, byAnotherPage([row, note]), 'left', /^1 item names this fetch/],
  ['what is new', { items: [note] }, byAnotherPage([note]), 'unmatched', /^1 new row/],
  ['what was removed since', { items: [row] }, byAnotherPage([note]), 'unknown', /another page read/],
  ['what names it since', {}, byAnotherPage([row]), 'left', /^1 item names this fetch/],
  ['nothing that names it', {}, byAnotherPage([note]), 'unknown', /another page read the storage again/],
])('a second look by another page: %s', (_, first, second, kind, line) => {
  const story = createAuditStream().seen().settled().over(first)
  story.stream.page(observed.frameGone())
  story.look('event-ended', second).later(second)
  expect(story.verdict()).toMatchObject({ kind, line: expect.stringMatching(line) })
  expect(story.verdict().gaps).toContainEqual(expect.stringMatching(/another page read the storage again/))
})

test('a verdict that is final does not become weaker when another page reads the storage', () => {
  const story = createAuditStream().seen().ended()
  const verdict = story.verdict()
  expect(verdict.kind).toBe('clean')
  story.look('event-ended', byAnotherPage([row])).later(byAnotherPage([row]))
  expect(story.verdict()).toEqual(verdict)
})

const goneRow = (name: string, mentions = false): RemovedItem => ({
  kind: 'row',
  container: 'podium/episodes',
  name,
  mentions,
})

test('where something else is gone as well, an abort is not called clean', () => {
  const { kind, line, gaps } = createAuditStream()
    .seen()
    .ended({ removed: [goneRow('episode', true), goneRow('My other download'), goneRow('third')] })
    .verdict()
  expect(kind).toBe('unknown')
  expect(line).toMatch(
    /2 items that were there before .* are gone .*\(podium\/episodes: My other download, …\)/,
  )
  expect(gaps).toEqual([expect.stringMatching(/^2 items/)])
})

test('what names the fetch, or by a matching rule, or another fetch may go', () => {
  const own = createAuditStream()
    .seen()
    .ended({ removed: [goneRow('episode', true)] })
  expect(own.verdict().kind).toBe('clean')

  const ruled = createAuditStream('map-7')
    .seen()
    .ended({ removed: [goneRow('7')] })
  expect(ruled.verdict().kind).toBe('unknown')
  const matching = [{ pattern: 'map-(.*)', replacement: '$1' }]
  expect(ruled.verdict({ ...noSettings, matching }).kind).toBe('clean')

  const other = createAuditStream('other').seen()
  createAuditStream('episode', other.stream, 'h2')
    .seen()
    .ended({ removed: [goneRow('other')] })
  const [verdict] = other.stream.model.fetches.filter(({ id }) => id === 'episode').map((one) => audit(one))
  expect(verdict?.kind).toBe('clean')
})

test('a container counts where nothing in it was known', () => {
  const cache = { kind: 'cache', container: '', name: 'ep-keep', mentions: false } as const
  const { line } = createAuditStream()
    .seen()
    .ended({ removed: [cache] })
    .verdict()
  expect(line).toMatch(/1 item that was there before .*\(ep-keep\)/)
})
