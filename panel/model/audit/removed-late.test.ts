import { expect, test } from 'vitest'
import type { StorageItem } from '../../../protocol/storage-items'
import { observed } from '../streams/events.fixture'
import {
  changed,
  createAuditStream,
  entryOf,
  fileOf,
  foreign,
  keyOf,
  type Look,
  old,
  recordOf,
  rowOf,
  usageOf,
} from './audit.fixture'
import { step } from './event-steps.fixture'

const cache: StorageItem = {
  kind: 'cache',
  name: 'podcast-7',
  change: 'added',
  mentions: false,
  firstSeen: 1_001_000,
  mayBeOlder: false,
}
/** None of them names the fetch. */
const items = [cache, foreign(rowOf('s2e41')), foreign(rowOf('s2e41', '1', { store: 'queue' }))]
const awaited = [step.waitUntil(), step.fulfilled()]

/** An abort whose handler, where it was traced, let its event wait for nothing; what is stored while it runs and at the end of the event. */
function handled(ended: Look, started: Look = {}, steps: Parameters<Story['event']>[1] | null = []) {
  const story = createAuditStream().seen(started).settled()
  if (steps) story.event({ asynchronous: true }, steps)
  return story.over(ended)
}
type Story = ReturnType<typeof createAuditStream>
/** It is removed more than three seconds after the event. */
const removedLater = (story: Story, ended: Look, last: Look = {}) => {
  story.later(ended)
  return story.look('later', { changedAt: (story.fetch().overAt ?? 0) + 3020, ...last }, 2600)
}

test('what an async handler removes after its event is no leftover, and the verdict says that it came late', () => {
  const story = removedLater(handled({ items }, { items }), { items })
  const { kind, line, left, unmatched, wrong, removed } = story.verdict()
  expect(kind).toBe('wrong')
  expect([left, unmatched, removed]).toEqual([[], [], []])
  expect(wrong.map(({ rule, item, stored }) => [rule, item, stored])).toEqual([
    ['wait-until-missing', '', null],
    ['changed-after', 'podcast-7 (removed 1.60 s to 4.21 s after the event ended)', null],
    ['changed-after', 'pod/downloads: s2e41 (removed 1.60 s to 4.21 s after the event ended)', null],
    ['changed-after', 'pod/queue: s2e41 (removed 1.60 s to 4.21 s after the event ended)', null],
  ])
  expect(line).toMatch(/^The handler is asynchronous .* Changed after the event ended: podcast-7 \(removed/)
  expect(line).not.toMatch(/new|empty|more/)
})

test('the same is said where it is removed before the final reading', () => {
  const { kind, line, left, unmatched } = handled({ items }, { items }).later().verdict()
  expect(kind).toBe('wrong')
  expect(line).toMatch(/podcast-7 \(removed 100 ms to 1\.60 s after the event ended\)/)
  expect([left, unmatched]).toEqual([[], []])
})

test('what is still there beside it is left, and a cache that was emptied is called empty', () => {
  const entry = foreign(entryOf(200, { cache: cache.kind === 'cache' ? cache.name : '' }))
  const kept = foreign(fileOf('kept', 10))
  const story = handled({ items: [cache, entry, kept] })
  removedLater(story, { items: [cache, entry, kept] }, { items: [cache, kept], usage: usageOf() })
  const { unmatched, wrong, line } = story.verdict()
  expect(unmatched.map(({ item, note }) => [item, note])).toEqual([
    ['podcast-7', expect.stringContaining('empty')],
    ['kept', ''],
  ])
  expect(wrong.filter(({ rule }) => rule === 'changed-after')).toHaveLength(1)
  expect(line).toMatch(/new empty cache.*podcast-7/)
})

test('of a fetch that was not traced, what names it came late, and of other items it is not known who removed them', () => {
  const own = removedLater(handled({ items: [rowOf('episode')] }, {}, null), { items: [rowOf('episode')] })
  expect(own.rules()).toEqual(['changed-after'])
  expect(own.verdict().line).toMatch(/if the worker did it.* episode \(removed 1\.60 s to 4\.21 s after/)
  for (const story of [
    removedLater(handled({ items }, {}, null), { items }),
    handled({ items }, {}, null).later(),
  ]) {
    expect(story.rules()).toEqual([])
    expect(story.verdict()).toMatchObject({
      kind: 'unknown',
      line: expect.stringMatching(
        /3 items were new .* no longer at the last reading \(podcast-7, …\); whether the handler did that is not known/,
      ),
    })
  }
})

test('a place that others write to as well says nothing of the handler', () => {
  const other = foreign(rowOf('s2e42'))
  const row = foreign(rowOf('s2e41'))
  const story = removedLater(handled({ items: [row, other] }), { items: [row, other] }, { items: [other] })
  expect(story.rules()).toEqual(['not-matched'])
  expect(story.verdict().gaps.join()).toMatch(/1 item was new or changed .* \(pod\/downloads: s2e41\)/)
})

test.each<[string, (look: Look) => Story, readonly StorageItem[]]>([
  ['only pages have access to it', (look) => handled(look), [foreign(keyOf('queue')), keyOf('episode')]],
  [
    'nothing listens to the event',
    (look) => createAuditStream().seen().settled().event({ handlers: 0 }).over(look),
    [...items, rowOf('episode')],
  ],
])('it is said and no finding where a page removed it: %s', (_, begin, there) => {
  for (const story of [
    removedLater(begin({ items: [...there] }), { items: [...there] }),
    begin({ items: [...there] }).later(),
  ]) {
    expect(story.rules()).toEqual([])
    expect(story.verdict()).toMatchObject({
      kind: 'clean',
      line: expect.stringMatching(
        `nothing new, nothing left; ${there.length} items that were new or changed when the event ended are no longer so`,
      ),
    })
  }
})

test('a handler that had the event wait for one promise may have removed it all the same', () => {
  const row = foreign(rowOf('s2e41'))
  const story = removedLater(handled({ items: [row] }, {}, awaited), { items: [row] })
  expect(story.rules()).toEqual([])
  expect(story.verdict().kind).toBe('unknown')
  expect(story.verdict().gaps.join()).toMatch(/1 item was new or changed .* \(pod\/downloads: s2e41\)/)
})

test('what was there before, was changed and is gone is said to be removed, once', () => {
  const row = foreign(changed(rowOf('42')))
  const removed = [{ kind: 'row', container: 'pod/downloads', name: '42', mentions: false } as const]
  const late = removedLater(handled({ items: [row] }), { items: [row] }, { removed })
  expect(late.rules()).toEqual(['wait-until-missing', 'changed-after'])
  expect(late.verdict().gaps).toEqual([])
  const untraced = removedLater(handled({ items: [row] }, {}, null), { items: [row] }, { removed })
  expect(untraced.rules()).toEqual(['removed-unmatched'])
  expect(untraced.verdict().gaps).toHaveLength(1)
})

test('what is as it was before the fetch again is not left', () => {
  const state = foreign(old(rowOf('state', 'idle')))
  const busy = { ...state, change: 'changed', value: 'loading' } as const
  const story = removedLater(handled({ items: [busy] }), { items: [busy] })
  expect(story.verdict()).toMatchObject({
    kind: 'wrong',
    unmatched: [],
    wrong: [{}, { item: 'pod/downloads: state (no longer so at the last reading)' }],
  })
})

test('what a person deletes in this panel stays what the handler had left', () => {
  const row = rowOf('episode')
  const story = handled({ items: [row] }, {}, awaited).later({ items: [row] })
  story.stream.page({
    type: 'item-deleted',
    handle: story.fetch().handle,
    command: 'c',
    item: { kind: 'row', database: 'pod', store: 'downloads', key: 'episode' },
    outcome: { kind: 'deleted' },
  })
  story.look('later', { changedAt: story.fetch().overAt ?? 0 }, 1200)
  expect(story.verdict()).toMatchObject({
    kind: 'left',
    wrong: [],
    left: [{ item: 'pod/downloads: episode', note: 'removed after the event ended' }],
  })
})

test('what came back is left', () => {
  const row = rowOf('episode')
  const story = removedLater(handled({ items: [row] }, {}, awaited), { items: [row] })
  story.look('later', { changedAt: story.fetch().overAt ?? 0, items: [row] }, 5000)
  expect(story.verdict()).toMatchObject({
    kind: 'left',
    left: [{ item: 'pod/downloads: episode' }],
    wrong: [],
  })
})

test('a success may do with its items what it likes', () => {
  const records = [recordOf()]
  const stored = entryOf(200)
  const story = createAuditStream().seen({}, 1000).settled(records, observed.success('h'))
  story.event({ asynchronous: true })
  const look = { items: [stored, rowOf('episode', '1', { store: 'queue' })], usage: usageOf(1000) }
  removedLater(story.over(look), look)
  expect(story.verdict()).toMatchObject({ kind: 'stored', wrong: [], left: [], unmatched: [] })
})
