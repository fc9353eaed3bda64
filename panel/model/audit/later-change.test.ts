import { expect, test } from 'vitest'
import type { StorageChanged } from '../../../protocol/storage-events'
import { laterChangeText } from '../session/later-change'
import { KEY, observed } from '../streams/events.fixture'
import {
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  LONG_AGO,
  MEDIA,
  old,
  recordOf,
  rowOf,
  usageOf,
} from './audit.fixture'

type Story = ReturnType<typeof createAuditStream>

const row = rowOf('episode')
const change: StorageChanged = {
  type: 'storage-changed',
  kind: 'indexeddb-content',
  origin: KEY,
  name: 'pod',
  store: 'downloads',
}

/** The browser reports a change so many milliseconds after the last event. */
const changed = (story: Story, wait: number, body = change) => {
  story.stream.page(body, wait, { producer: 'tracer', source: 'storage', document: null, storageKey: null })
  return story
}
/** What was read after a later change; by then it is half a second ago. */
const reread = (story: Story, items: Parameters<Story['look']>[1] = {}) => {
  const at = (story.stream.model.rows.at(-1)?.at ?? 0) + 700
  return story.look('later', { changedAt: at, ...items }, 1200)
}
const noteOf = (story: Story) => laterChangeText(story.fetch(), story.stream.model.fetches)

test('a row that is put back after the verdict changes it: a row of its own, and the one before stays as it is', () => {
  const story = createAuditStream()
    .seen({ items: [row] })
    .ended()
  expect(story.verdict()).toMatchObject({ kind: 'clean', changedAfter: null })
  const before = story.said()
  reread(story, { items: [row] })
  expect(story.verdict()).toMatchObject({ kind: 'left', final: true, changedAfter: 2300 })
  expect(story.said()).toEqual([
    ...before,
    'verdict changed: left: A change of the storage was observed 2.30 s after the event. 1 item names this fetch: pod/downloads: episode (changed after the event ended)',
  ])
})

test('what is new later and names nothing is not matched', () => {
  const story = createAuditStream().seen().ended()
  reread(story, { items: [foreign(rowOf('movie-7'))] })
  expect(story.verdict()).toMatchObject({
    kind: 'unmatched',
    unmatched: [{ note: 'changed after the event ended' }],
  })
})

test('a later change that changes nothing of the verdict is no row', () => {
  const story = createAuditStream().seen().ended()
  const before = story.said()
  reread(story)
  expect(story.said()).toEqual(before)
  expect(story.verdict()).toMatchObject({ kind: 'clean', changedAfter: 2300 })
})

test('what was left when the event had ended is not left where it is removed later, and is again where it comes back', () => {
  const story = createAuditStream()
    .seen()
    .ended({ items: [row, foreign(rowOf('movie-7'))] })
  reread(story)
  expect(story.verdict()).toMatchObject({
    kind: 'wrong',
    wrong: [{ item: expect.stringMatching(/^pod\/downloads: episode \(removed 1\.60 s to /) }],
    left: [],
    unmatched: [],
    gaps: [expect.stringContaining('movie-7')],
  })
  reread(story, { items: [row] })
  expect(story.verdict()).toMatchObject({ kind: 'left', wrong: [], left: [{ note: '' }], unmatched: [] })
})

test('what was stored of a success stays so where the page takes it away, and is found where it comes later', () => {
  const records = [recordOf()]
  const stored = createAuditStream()
    .seen({}, 1000)
    .ended({ items: [entryOf(200)], usage: usageOf(1000) }, records, observed.success('h'))
  reread(stored)
  expect(stored.verdict().kind).toBe('stored')
  const late = createAuditStream().seen({}, 1000).ended({}, records, observed.success('h'))
  expect(late.verdict().kind).toBe('not-stored')
  reread(late, { items: [entryOf(200, { url: MEDIA })], usage: usageOf(1000) })
  expect(late.verdict().kind).toBe('stored')
})

test('a change in a row that was there is found, as is one back to what it was before', () => {
  const story = createAuditStream()
    .seen()
    .ended({ items: [old(row)] })
  expect(story.verdict().left).toMatchObject([{ note: expect.not.stringContaining('changed') }])
  reread(story, { items: [{ ...old(row), change: 'changed', value: 'other' }] })
  expect(story.verdict().left).toMatchObject([
    { note: expect.stringContaining('changed after the event ended') },
  ])
})

const busy = { kind: 'database-busy', database: 'pod', side: 'now' } as const

test('a gap of the later reading makes what was clean unknown, and what it may hide is not called removed', () => {
  const clean = createAuditStream().seen().ended()
  reread(clean, { gaps: [busy] })
  expect(clean.verdict().kind).toBe('unknown')
  const story = createAuditStream()
    .seen()
    .ended({ items: [row, fileOf('episode.mp3')] })
  reread(story, { gaps: [busy] })
  expect(story.verdict().left.map(({ item, note }) => [item, note])).toEqual([['pod/downloads: episode', '']])
  expect(story.verdict().wrong.map(({ item }) => item)).toEqual([
    expect.stringMatching(/^episode\.mp3 \(removed /),
  ])
})

test('what was seen to be removed is said so where a still later reading has a gap', () => {
  const story = createAuditStream()
    .seen()
    .ended({ items: [row] })
  reread(story)
  const { wrong } = story.verdict()
  expect(wrong).toMatchObject([{ item: expect.stringMatching(/episode \(removed /) }])
  reread(story, { gaps: [busy] })
  expect(story.verdict()).toMatchObject({ left: [], wrong })
})

test('a value that is as before the fetch again is not called removed', () => {
  const common = { mentions: true, firstSeen: LONG_AGO, mayBeOlder: false } as const
  const state = { kind: 'local-storage', key: 'state', value: 'sending episode', length: 15 } as const
  const story = createAuditStream()
    .seen()
    .ended({ items: [{ ...state, ...common, change: 'changed' }] })
  reread(story)
  expect(story.verdict()).toMatchObject({
    kind: 'clean',
    left: [],
    line: expect.stringMatching(
      /1 item that was new or changed when the event ended is no longer so \(state\)/,
    ),
  })
})

test('a change that is not read is said: also why, where another fetch began or ran', () => {
  const story = createAuditStream().seen().ended()
  expect(noteOf(story)).toBe('')
  changed(story, 700)
  expect(noteOf(story)).toBe(
    'A change of the storage was reported 2.30 s after the event, and the storage has not been read since.',
  )
  reread(story)
  expect(noteOf(story)).toBe('')
  changed(story, 100)
  story.stream.page(observed.seen('h2', { id: 'next' }), 200)
  expect(noteOf(story)).toMatch(/not judged: around that time another fetch began/)
})

test('a report that the list of databases changed is not said to be a change: it comes with others', () => {
  const story = createAuditStream().seen().ended()
  changed(story, 700, { ...change, kind: 'indexeddb-list', name: '', store: '' })
  expect(noteOf(story)).toBe('')
  expect(story.verdict()).toMatchObject({ kind: 'clean', changedAfter: null })
  changed(story, 100)
  expect(noteOf(story)).toMatch(/^A change of the storage was reported 2\.40 s after the event/)
})

test('a change before the last snapshot, and one a minute later, are not said', () => {
  const story = createAuditStream().seen().settled().over()
  changed(story, 100)
  story.later()
  expect(noteOf(story)).toBe('')
  changed(story, 61_000)
  expect(noteOf(story)).toBe('')
})

test('another page, which knows nothing of before, does not change the verdict', () => {
  const story = createAuditStream().seen().ended()
  reread(story, { baseline: 'none', baselineAt: null, items: [foreign(rowOf('movie-7'))] })
  expect(story.verdict().kind).toBe('clean')
})

test('what was changed when the event had ended and is removed later is said to be gone, once', () => {
  const story = createAuditStream()
    .seen()
    .ended({ items: [foreign({ ...old(rowOf('42')), change: 'changed' })] })
  const removed = [{ kind: 'row', container: 'pod/downloads', name: '42', mentions: false }] as const
  const expectOnce = () =>
    expect(story.verdict()).toMatchObject({
      kind: 'unknown',
      unmatched: [],
      removed: [{ item: 'pod/downloads: 42' }],
      gaps: [expect.stringContaining('42')],
    })
  reread(story, { removed: [...removed] })
  expectOnce()
  reread(story, { removed: [...removed] })
  expectOnce()
  const others = [...removed, { ...removed[0], name: '41' }]
  reread(story, { removed: others })
  expect(story.verdict().removed).toMatchObject([
    { item: 'pod/downloads: 42' },
    { item: 'pod/downloads: 41' },
  ])
})
