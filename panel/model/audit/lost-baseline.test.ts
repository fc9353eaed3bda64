import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { createStream, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { createAuditStream, type Look, rowOf, snapshotOf } from './audit.fixture'
import { beforeText } from './before-text'
import { reasonText } from './gaps-text'

const other = { producer: 'bridge-2', document: 'document-2' }
const none: Look = { baseline: 'none', baselineAt: null, usageBefore: null }
const firstSeen: Look = { baseline: 'first-seen' }
const baseline: Body = { type: 'storage-baseline', caches: 0, stores: 0, files: 0, gaps: [] }

const LOST =
  'the page that had read the storage earlier is gone (closed, left or reloaded), and what it had read with it'

type Story = ReturnType<typeof createAuditStream>

/** Another page reads the storage after the end. */
const readByOther = (story: Story, look: Look) => {
  story.stream.page(snapshotOf('h', 'event-ended', look), 10, other)
  story.stream.page(snapshotOf('h', 'final', look), 1500, other)
  return story
}

const gone = (story: Story) => void story.stream.page(observed.frameGone())

test('a page that is reloaded in the handler has lost its baseline, and was not without one', () => {
  const story = createAuditStream().seen().settled()
  gone(story)
  readByOther(story, none)
  expect(story.verdict().line).toContain(
    `nothing could be compared: ${LOST}; no item that was read later mentions the fetch; `,
  )
  expect(beforeText(story.fetch())).toBe(
    'The page that had read the storage earlier is gone, and what it had read with it: what was stored before is unknown.',
  )
})

test('also where the fetch ended before the page had compared anything', () => {
  const stream = createStream()
  stream.page(observed.frame())
  stream.page(baseline)
  stream.page(observed.seen('h'))
  const story = createAuditStream('episode', stream).settled()
  gone(story)
  expect(readByOther(story, none).verdict().line).toContain(LOST)
  // The same page, kept aside and back by the Back button, has another bridge.
  const back = createAuditStream().seen().settled()
  gone(back)
  back.stream.page(snapshotOf('h', 'event-ended', none), 10, { producer: 'bridge-2' })
  expect(back.verdict().line).toContain(LOST)
})

test('a fetch that went on with another page is compared with what that one read first, and why is said', () => {
  const story = createAuditStream().seen()
  gone(story)
  story.stream.page(observed.seen('h2', { already: true }, { downloaded: 500 }), 4000, other)
  story.stream.page(snapshotOf('h2', 'started', firstSeen), 10, other)
  for (const body of [observed.failure('h2'), observed.over('h2')]) story.stream.page(body, 10, other)
  story.stream.page(snapshotOf('h2', 'event-ended', firstSeen), 10, other)
  const [fetch] = story.stream.model.fetches
  expect(story.stream.model.fetches).toHaveLength(1)
  expect(fetch?.evidence?.reasons).toContainEqual({ kind: 'late-baseline', why: 'lost' })
  expect(story.stream.last()).toContain(
    'the page that had read the storage before the fetch is gone (closed, left or reloaded), and what it had read with it: the storage was read again when the fetch was already running',
  )
  expect(fetch && beforeText(fetch)).toBe(
    'The page that had read the storage before the fetch is gone, and what it had read with it: “Before” is what was read again when the fetch was already running.',
  )
})

test('where no page had read it before, that is said as it was', () => {
  const late = createAuditStream().seen(firstSeen).ended(firstSeen)
  expect(late.verdict().line).toContain('the storage was first read when the fetch was already running')
  expect(beforeText(late.fetch())).toBe(
    'The storage was not read before the fetch began: what was stored then is unknown.',
  )
  const never = createAuditStream().seen(none).settled()
  gone(never)
  expect(readByOther(never, none).verdict().line).toContain('the storage was not read before the fetch;')
  expect(
    beforeText(
      createAuditStream()
        .seen()
        .ended({ items: [rowOf('a')] })
        .fetch(),
    ),
  ).toBe('')
})

test('a fetch that ran before it was observed is said to be one, and not to have begun before the panel', () => {
  const stream = createStream()
  stream.page(observed.seen('h', { already: true }))
  const story = createAuditStream('episode', stream).ended(firstSeen)
  expect(beforeText(story.fetch())).toBe(
    'The fetch was already running when it was first observed: what was stored before is unknown.',
  )
})

test('of a fetch that no page listed, when it began is not known', () => {
  const stream = createStream()
  const about = { producer: 'worker-1', source: 'worker', document: null, storageKey: null } as const
  for (const body of [trace.seen(), trace.dispatched(), trace.done(0)]) stream.page(body, 10, about)
  const [fetch] = stream.model.fetches
  if (!fetch) throw new Error('There is no fetch.')
  stream.page(snapshotOf(fetch.handle, 'event-ended', firstSeen))
  const reason = fetch.evidence?.reasons.find(({ kind }) => kind === 'late-baseline')
  expect(reason && reasonText(reason)).toBe(
    'the storage was read before, but when the fetch began was not observed: it may have been running then',
  )
  expect(beforeText(fetch)).toBe(
    'When the fetch began was not observed: it may have been running already when “Before” was read.',
  )
})
