import { expect, test } from 'vitest'
import type { StorageChanged } from '../../../protocol/storage-events'
import { KEY, observed } from '../streams/events.fixture'
import { createAuditStream, entryOf, foreign, type Look, MEDIA, recordOf, rowOf } from './audit.fixture'
import { step } from './event-steps.fixture'
import { row } from './verdict.fixture'

const change: StorageChanged = {
  ...{ type: 'storage-changed', kind: 'indexeddb-content', origin: KEY },
  ...{ name: 'pod', store: 'downloads' },
}
const tracer = { producer: 'tracer', source: 'storage', document: null, storageKey: null } as const

/** An abort whose async handler never calls `waitUntil()`, with what is stored before, at the end, and later. */
const handled = (
  before: Look,
  ended: Look,
  final = ended,
  changes: readonly StorageChanged[] = [],
  after = 60,
) => {
  const story = createAuditStream().seen(before).settled().event({ asynchronous: true })
  for (const one of changes) story.stream.page(one, after, tracer)
  return story.over(ended).later(final)
}

test('an async handler that returns at once, with nothing left and nothing changed, is not wrong', () => {
  expect(handled({}, {}).verdict()).toMatchObject({ kind: 'clean', wrong: [] })
})

test('an async handler that calls waitUntil() is not said to have missed it', () => {
  const story = createAuditStream()
    .seen({ items: [row] })
    .settled()
  story.event({ asynchronous: true }, [step.waitUntil(), step.fulfilled()])
  expect(
    story
      .over({ items: [row] })
      .later({ items: [row] })
      .rules(),
  ).toEqual(['row-left'])
})

test('an async handler that leaves something, or works on after its event, should have called waitUntil()', () => {
  const items = [row]
  expect(handled({ items }, { items }).rules()).toEqual(['wait-until-missing', 'row-left'])
  expect(handled({ items }, { items }, {}).rules()).toEqual(['wait-until-missing', 'changed-after'])
  expect(handled({}, {}, { items: [foreign(rowOf('17'))] }).rules()).toEqual([
    'wait-until-missing',
    'changed-after',
  ])
})

test('a change of what names the fetch that was reported after the handler had returned is work of its own', () => {
  const items = [row]
  expect(handled({ items }, {}, {}, [change]).rules()).toEqual(['wait-until-missing'])
  expect(handled({ items }, {}, {}, [{ ...change, store: 'other' }]).rules()).toEqual([])
  // The page may have deleted it before.
  expect(handled({ items }, {}).rules()).toEqual([])
  expect(handled({}, {}, {}, [change]).rules()).toEqual([])
  const before = createAuditStream().seen({ items }).settled()
  before.stream.page(change, 5, tracer)
  expect(before.event({ asynchronous: true }).over().later().rules()).toEqual([])
})

test.each([1, 22, 45])(
  'a report that comes %i ms after the handler returned may be of a change before',
  (after) => {
    expect(handled({ items: [row] }, {}, {}, [change], after).verdict()).toMatchObject({
      kind: 'clean',
      wrong: [],
    })
  },
)

test('a change of the list of caches shows no work: the browser drops the hidden cache of the fetch then', () => {
  const items = [entryOf(200, { cache: 'episode', url: MEDIA })]
  const list: StorageChanged = { ...change, kind: 'cache-list', name: '', store: '' }
  // Its page may have deleted the cache before the event.
  expect(handled({ items }, {}, {}, [list]).rules()).toEqual([])
})

test('an async handler of a success should have called waitUntil() where a response is missing or came later', () => {
  const of = (records = [recordOf()], look: Look = {}, changes: readonly StorageChanged[] = []) => {
    const story = createAuditStream().seen({}, 1000).settled(records, observed.success('h'))
    story.event({ asynchronous: true })
    for (const one of changes) story.stream.page(one, 60, tracer)
    return story.over(look).later(look).rules()
  }
  const stored = { items: [entryOf(200, { url: MEDIA })] }
  expect(of()).toContain('wait-until-missing')
  expect(of([recordOf({ method: 'POST' })])).toEqual([])
  expect(of([recordOf()], stored)).toEqual([])
  expect(of([recordOf()], stored, [{ ...change, kind: 'cache-content', name: 'media', store: '' }])).toEqual([
    'wait-until-missing',
  ])
})
