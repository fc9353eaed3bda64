import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import type { StorageItem } from '../../../protocol/storage-items'
import { KEY, observed, SCOPE } from '../streams/events.fixture'
import { createAuditStream, entryOf, fileOf, foreign, recordOf, rowOf } from './audit.fixture'
import { step } from './event-steps.fixture'
import { row } from './verdict.fixture'

test('a success whose handler failed is not said to have cleaned up', () => {
  const failed = createAuditStream().seen({}, 1000).settled([recordOf()], observed.success('h'))
  failed.event({}, [step.waitUntil(), step.rejected()]).over().later()
  expect(failed.verdict().kind).toBe('wrong')
  expect(failed.verdict().line).toMatch(
    /not everything may be stored.*Not found in storage: 1 of 1 responses/,
  )
  expect(failed.verdict().line).not.toContain('clean-up')
})

test('a success that nothing listens to is wrong, an upload is not', () => {
  const of = (method: string) =>
    createAuditStream()
      .seen({}, 1000)
      .settled([recordOf({ method })], observed.success('h'))
      .event({ handlers: 0 })
      .over()
      .later()
  expect(of('GET').verdict().line).toMatch(/^Nothing listened to backgroundfetchsuccess/)
  expect(of('POST').verdict().kind).toBe('answered')
})

test('errors in the worker while the event was handled are part of the verdict, as logged or as not caught', () => {
  const logged = (...steps: ReturnType<typeof step.logged>[]) =>
    createAuditStream().seen().settled().event({}, steps).over().later()
  const during = 'in the worker while the event was handled'
  expect(logged(step.logged()).verdict()).toMatchObject({ kind: 'errors', wrong: [{ rule: 'error-logged' }] })
  for (const [steps, line] of [
    [[step.logged()], `1 error logged ${during}: finalize failed`],
    [[step.logged(), step.logged()], `2 errors logged ${during}, the first: finalize failed`],
    [[step.uncaught()], `1 error not caught ${during}: TypeError: no`],
    [[step.uncaught(), step.logged()], `1 error logged and 1 not caught ${during}, the first: TypeError: no`],
  ] as const)
    expect(logged(...steps).verdict().line).toBe(line)
  const left = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.logged()])
    .over({ items: [row] })
    .later({ items: [row] })
  expect(left.verdict()).toMatchObject({
    kind: 'left',
    line: expect.stringMatching(/1 error logged in the worker while the event was handled: finalize failed/),
  })
})

test('an error that is logged after the verdict makes another row', () => {
  const story = createAuditStream().seen().settled().event().over().later()
  const before = story.said()
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  story.stream.page(step.logged(), 10, about)
  expect(story.said()).toEqual([
    ...before,
    'verdict: errors: 1 error logged in the worker while the event was handled: finalize failed',
  ])
})

test('an event that the browser ended stays wrong, and no row changes what it said', () => {
  const story = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.waitUntil()], false)
    .look('final', {}, 30_000)
  const [first = ''] = story.said()
  expect(first).toMatch(/^verdict: wrong: The event is not over.*promise #1 has not settled/)
  story.stream.page(observed.over('h'), 277_000)
  story.look('event-ended').later()
  expect(story.said()[0]).toBe(first)
  expect(story.said().at(-1)).toMatch(
    /wrong: The browser ended the event after 5 min \d+ s, promise #1 never settled/,
  )
  expect(story.verdict().kind).toBe('wrong')
})

test('an event that is not over after half a minute is judged by the snapshot of then, and by no earlier one', () => {
  const early = createAuditStream().seen().settled().look('settled')
  expect(early.said()).toEqual([])
  const story = early.look('settled', { items: [row] }, 30_000)
  expect(story.verdict()).toMatchObject({ kind: 'wrong', final: false })
  expect(story.verdict().line).toMatch(/^The event is not over.*1 item names this fetch/)
  expect(story.over().later().verdict()).toMatchObject({ kind: 'clean', final: true })
  expect(story.said()[0]).toMatch(/^verdict: wrong so far: The event is not over/)
})

test('where the worker is not registered any more, its event is not taken for ended', () => {
  const story = createAuditStream().seen().settled()
  story.stream.page(observed.over('h', 5, true))
  expect(story.stream.last()).toMatch(/^event not observed: Its worker is not registered any more/)
  expect(story.look('event-ended').later().verdict()).toMatchObject({
    kind: 'unknown',
    gaps: ['whether the worker’s event was fired, or has ended, is not known'],
  })
})

test('an event that ends late, but by itself, is not called ended by the browser', () => {
  const story = createAuditStream().seen().settled().look('final', {}, 30_000)
  expect(story.verdict().kind).toBe('wrong')
  expect(story.over().later().verdict().kind).toBe('clean')
  expect(story.said()).toHaveLength(3)
})

test('what a handler without waitUntil() writes after its event is said, unless others write there too', () => {
  const rows = Array.from({ length: 15 }, (_, i) => foreign(rowOf(`tile-${i}`)))
  const of = (before: StorageItem[], handlers = 1) =>
    createAuditStream()
      .seen()
      .look('settled', { items: before })
      .settled()
      .event({ handlers })
      .over({ items: before })
      .later({ items: [...before, ...rows] })
  expect(of([]).verdict()).toMatchObject({
    kind: 'wrong',
    line: expect.stringMatching(/tile-0; .*and 12 more/),
  })
  expect(of([foreign(rowOf('mine'))]).verdict().kind).toBe('unmatched')
  const untraced = createAuditStream().seen().settled().over().later({ items: rows })
  expect(untraced.verdict()).toMatchObject({
    kind: 'unmatched',
    line: expect.stringMatching(/^15 new rows .*15 changed after the event ended/),
  })
})

test('an item that was replaced after the event by another of its size changed after it', () => {
  const at = (digest: number) => ({ items: [fileOf('episode.part', 10, { digest })] })
  const story = createAuditStream().seen().settled().over(at(1)).later(at(2))
  expect(story.rules()).toEqual(['changed-after'])
})

test('an item that was looked up at another time did not change after the event', () => {
  const entry = entryOf(200, { url: 'https://pod.example/episode' })
  const look = (firstSeen: number) => ({ items: [{ ...entry, firstSeen }] })
  const story = createAuditStream()
    .seen()
    .settled()
    .over()
    .look('event-ended', look(1_000_500))
    .look('final', look(1_002_000), 1500)
  const [left] = story.verdict().left
  expect(left?.note).toBe('')
})

const GAP = 'the handler may have logged errors that were not read'

test.each([
  ['its handler', step.counted(1000, true)],
  ['a handler that is not known', step.counted(0, true, null)],
])('errors that were not read from the console of %s keep a verdict from being clean', (_, counted) => {
  const story = createAuditStream().seen().settled().event({}, [counted]).over().later()
  expect(story.verdict()).toMatchObject({ kind: 'unknown', gaps: [GAP] })
  expect(story.verdict().line).toContain(GAP)
})

test('what was counted and is all keeps no verdict from being clean', () => {
  const story = createAuditStream()
    .seen()
    .settled()
    .event({}, [step.counted(900, false)])
    .over()
    .later()
  expect(story.verdict()).toMatchObject({ kind: 'clean', gaps: [] })
})

test('errors that were not read when an event was dispatched and not yet reported may be its own', () => {
  const story = createAuditStream().seen().settled()
  const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
  // Reports of one time: the event is reported after the message.
  story.event({}, [], false)
  const [seen, dispatched] = story.stream.model.rows.map(({ event }) => event.body).slice(-2)
  const fresh = createAuditStream().seen().settled()
  for (const body of [seen, step.counted(0, true, null), dispatched])
    if (body) fresh.stream.page(body, 0, about)
  fresh.over().later()
  expect(fresh.verdict()).toMatchObject({ kind: 'unknown', gaps: [GAP] })
})

test.each([step.threw(), step.rejected()])(
  'what may be due to the limited quota is not wrong: $type',
  (failed) => {
    const of = (revert: 'before' | 'after') => {
      const story = createAuditStream()
      const by = { kind: 'quota' as const, room: 1 }
      const [command, ending] = ['c', 'quota-exceeded' as const]
      const about = { storageKey: KEY }
      const forced: Body = { type: 'ending-forced', command, scope: SCOPE, id: 'episode', ending, by }
      const reverted: Body = { type: 'ending-reverted', command, why: 'fetch-ended' }
      story.stream.panel(forced, 10, about)
      story.seen()
      if (revert === 'before') story.stream.panel(reverted, 10, about)
      story.settled([], observed.failure('h', ending)).event({}, [step.waitUntil(), failed])
      if (revert === 'after') story.stream.panel(reverted, 10, about)
      return story.over().later().verdict()
    }
    expect(of('after')).toMatchObject({ kind: 'unknown', wrong: [] })
    expect(of('after').line).toContain('limited by this panel until')
    expect(of('before').kind).toBe('wrong')
  },
)

test('what the handler threw stands with the finding', () => {
  const { wrong } = createAuditStream().seen().settled().event({}, [step.threw()]).over().later().verdict()
  expect(wrong).toContainEqual(expect.objectContaining({ rule: 'handler-threw', item: 'Error: on purpose' }))
})
