import { describe, expect, test } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import type { Body } from '../../../protocol/events'
import { createModel } from '../session/fold'
import { createEventStore } from '../session-file/event-store'
import { KEY, observed, SCOPE } from '../streams/events.fixture'
import { createAuditStream, rowOf } from './audit.fixture'
import { step } from './event-steps.fixture'
import { audit } from './verdict'

type Story = ReturnType<typeof createAuditStream>

const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
const GAP = 'the handler may have logged errors that were not read'

/** The verdict that a panel gives which receives the log anew, cut after so many events. */
function anew({ stream: { events } }: Story, at: number) {
  const model = createModel()
  const rest = events.slice(at)
  model.apply([...contextOf(events.slice(0, at), rest), ...rest])
  return audit(model.fetches[0] ?? expect.unreachable())
}

/** The verdict in a file of a log that was cleared. */
function inFile({ stream: { events } }: Story) {
  const store = createEventStore(() => true)
  store.append(events)
  const model = createModel()
  model.apply(store.events)
  return audit(model.fetches[0] ?? expect.unreachable())
}

const returned: Body = { type: 'handler-returned', worker: 'w', event: 1, ran: 1 }
const done = (promises: number, rejected = 0): Body => ({
  ...{ type: 'event-done', worker: 'w', event: 1, promises, rejected },
})

/** A fetch that was aborted, whose handler has begun. */
const begun = (steps: readonly Body[] = [], asynchronous = false) =>
  createAuditStream().seen().settled().event({ asynchronous }, steps, false)

describe('where the log is cleared while the handler runs', () => {
  test('what it passed to waitUntil() before is not forgotten', () => {
    const story = begun([step.waitUntil(), returned], true)
    story.stream.panel({ type: 'cleared' })
    story.stream.page(step.fulfilled(), 3000, about)
    story.stream.page(done(1), 1, about)
    story.over().later()
    expect(story.verdict()).toMatchObject({ kind: 'clean' })
    expect(inFile(story)).toEqual(story.verdict())
  })

  test('what it threw or logged before is not forgotten', () => {
    for (const [one, kind] of [
      [step.threw(), 'wrong'],
      [step.rejected(), 'wrong'],
      [step.waitUntil('function'), 'wrong'],
      [step.refused(), 'wrong'],
      [step.uncaught(), 'errors'],
      [step.logged(), 'errors'],
      [step.counted(1000, true), 'unknown'],
      [step.counted(0, true, null), 'unknown'],
    ] as const) {
      const story = begun([step.waitUntil(), one, returned])
      story.stream.panel({ type: 'cleared' })
      story.stream.page(done(1), 1, about)
      story.over().later()
      expect(story.verdict(), JSON.stringify(one)).toMatchObject({ kind })
      expect(inFile(story)).toEqual(story.verdict())
    }
  })

  test('a storage quota that was limited for another fetch is not forgotten', () => {
    const story = createAuditStream().seen()
    const command = 'limit'
    const by = { kind: 'quota', room: 1 } as const
    const limit = {
      type: 'ending-forced',
      command,
      scope: SCOPE,
      id: 'other',
      ending: 'quota-exceeded',
      by,
    } as const
    story.stream.panel(limit, 10, { storageKey: KEY })
    story.settled([], observed.failure('h', 'quota-exceeded')).event({}, [step.threw()])
    story.stream.panel({ type: 'ending-reverted', command, why: 'fetch-ended' })
    story.stream.panel({ type: 'cleared' })
    story.over().later()
    expect(story.verdict()).toMatchObject({ kind: 'unknown', wrong: [] })
    expect(inFile(story)).toEqual(story.verdict())
  })
})

test('where the log is cut, no event of a fetch that is not over loses anything, wherever that is', () => {
  const steps = [
    step.waitUntil(),
    step.logged(),
    step.threw(),
    step.waitUntil('promise', 2),
    step.rejected(2),
  ]
  const story = createAuditStream().seen().settled().event({ asynchronous: true }, steps).over().later()
  const length = story.stream.events.findIndex(({ body }) => body.type === 'event-over')
  for (let at = 0; at <= length; at++) expect(anew(story, at), `${at}`).toEqual(story.verdict())
})

test('what was thrown before the event was reported is not forgotten', () => {
  const story = createAuditStream().seen().settled()
  story.event({}, [], false)
  const [seen, dispatched] = story.stream.events.slice(-2).map(({ body }) => body)
  const early = createAuditStream().seen().settled()
  const thrown: Body = { ...step.uncaught(), event: null } as Body
  for (const body of [seen, thrown, dispatched, returned, done(0)])
    if (body) early.stream.page(body, 0, about)
  const at = early.stream.events.length
  early.over().later()
  expect(early.verdict()).toMatchObject({ kind: 'wrong' })
  expect(anew(early, at)).toEqual(early.verdict())
  expect(anew(early, at - 3)).toEqual(early.verdict())
})

test('time in the debugger counts for no handler, also where it was before the cut', () => {
  const story = begun([step.waitUntil()])
  story.stream.page({ type: 'worker-paused', worker: 'w', event: 1, location: null }, 10, about)
  story.stream.page({ type: 'worker-resumed', worker: 'w', event: 1, after: 300_000 }, 300_000, about)
  const at = story.stream.events.length
  for (const body of [returned, step.fulfilled(), done(1)]) story.stream.page(body, 1, about)
  story.over().later()
  expect(story.rules()).toEqual([])
  expect(anew(story, at)).toEqual(story.verdict())
})

test('an event that took long has no verdict any more once its worker turns out to have been paused', () => {
  const story = begun([step.waitUntil()])
  story.look('settled', {}, 30_000)
  expect(story.rules()).toEqual(['never-over'])
  story.stream.page({ type: 'worker-resumed', worker: 'w', event: 1, after: 29_000 }, 10, about)
  expect(() => story.verdict()).toThrow('It was not compared.')
  for (const body of [returned, step.fulfilled(), done(1)]) story.stream.page(body, 1, about)
  expect(story.over().later().rules()).toEqual([])
})

test('changes that were not read are said, also where they were before the cut', () => {
  const changed: Body = {
    ...{ type: 'storage-changed', kind: 'indexeddb-content', origin: KEY, name: 'pod', store: 'downloads' },
  }
  const gaps = [{ kind: 'values-not-compared', database: 'pod', store: 'downloads', side: 'now' } as const]
  const story = createAuditStream().seen().settled()
  for (let i = 0; i < 5; i++) story.stream.page(changed, 10, { source: 'storage' })
  const at = story.stream.events.length
  story.over({ gaps }).later({ gaps })
  expect(story.verdict().gaps).toHaveLength(2)
  expect(anew(story, at)).toEqual(story.verdict())
  const kept = contextOf(story.stream.events.slice(0, at), story.stream.events.slice(at))
  expect(kept.filter(({ body }) => body.type === 'storage-changed')).toHaveLength(1)
})

test.each([
  ['that its listeners have returned', [step.waitUntil(), step.fulfilled()], [done(1)]],
  ['a call of waitUntil()', [], [returned, done(1)]],
  ['how a promise ended', [step.waitUntil()], [returned, done(1, 1)]],
])('where %s is missing, nothing is taken for not done', (_, before, after) => {
  const item = rowOf('late', 'x', { mentions: false })
  const story = begun(before, true)
  for (const body of after) story.stream.page(body, 1, about)
  story.over().later()
  expect(story.verdict()).toMatchObject({ kind: 'unknown', wrong: [], gaps: [GAP] })
  expect(
    story
      .look('event-ended')
      .look('final', { items: [item] })
      .rules(),
  ).not.toContain('changed-after')
})
