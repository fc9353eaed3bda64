import { expect, test } from 'vitest'
import { contextOf } from '../../../protocol/context/context'
import type { Body } from '../../../protocol/events'
import type { Handle } from '../../../protocol/handle'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import { describe } from '../describe/describe'
import { createModel } from '../session/fold'
import { outcomeOf } from '../table/outcome'
import { plannedShare } from '../table/planned-share'
import { createStream, observed } from './events.fixture'

const h = 'h' as Handle
const half: AbortMoment = { kind: 'percent', percent: 50 }
const ofPage = { document: 'document-1', storageKey: 'https://pod.example' }

const planned = (moment: AbortMoment = half, command = 'p', cold = false): Body => ({
  type: 'abort-planned',
  ...{ handle: h, command, moment, cold },
})
const fired = (some: Partial<Extract<Body, { type: 'planned-abort-fired' }>> = {}): Body => ({
  type: 'planned-abort-fired',
  ...{ handle: h, command: 'p', moment: half, downloaded: 530, downloadTotal: 1000 },
  ...{ responses: 0, elapsed: 700, cold: null },
  ...some,
})
const removed = (why: Extract<Body, { type: 'planned-abort-removed' }>['why'], command = 'p'): Body => ({
  type: 'planned-abort-removed',
  ...{ command, why },
})

function planning(moment: AbortMoment = half) {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.panel(planned(moment), 10, ofPage)
  const [fetch] = stream.model.fetches
  if (!fetch) return expect.unreachable()
  return { ...stream, fetch }
}

test('a planned abort that happens is this panel’s', () => {
  const { page, panel, model, fetch, last } = planning()
  expect(last()).toBe('abort planned: at 50%')
  expect(plannedShare(fetch)).toBe(50)
  panel(fired(), 10, { ...ofPage, producer: 'bridge-1' })
  expect(last()).toBe('planned abort: at 50%: aborted at 53%, 30 B past the target')
  expect(fetch.planned).toBe(null)
  expect(model.plannedAborts).toEqual([])
  page(observed.answer('h', { kind: 'resolved', value: true }, 'p'), 2)
  expect(model.rows.at(-1)?.after).toBe(2)
  page(observed.failure('h'), 5)
  expect(outcomeOf(fetch)).toMatchObject({ kind: 'aborted', by: 'panel' })
  expect(last()).not.toMatch(/not aborted from this panel/i)
})

test.each<[AbortMoment, Parameters<typeof fired>[0], string]>([
  [{ kind: 'bytes', bytes: 500 }, { downloaded: 530 }, 'at 500 B: aborted at 530 B, 30 B past the target'],
  [{ kind: 'bytes', bytes: 530 }, { downloaded: 530 }, 'at 530 B: aborted at 530 B, as planned'],
  [half, { downloaded: 500 }, 'at 50%: aborted at 50%, as planned'],
  [
    { kind: 'responses', count: 2 },
    { responses: 2 },
    'after 2 responses: aborted after 2 responses, as planned',
  ],
  [{ kind: 'responses', count: 1 }, { responses: 3 }, 'after 1 response: aborted after 3 responses, 2 later'],
  [{ kind: 'first-byte' }, { downloaded: 64 }, 'at the first byte: aborted when 64 B were downloaded'],
  [{ kind: 'time', ms: 500 }, { elapsed: 700 }, 'after 500 ms: aborted after 700 ms, 200 ms later'],
])('%j that fired at %j', (moment, at, text) => {
  const { panel, last } = planning(moment)
  panel(fired({ moment, ...at }), 10, ofPage)
  expect(last()).toBe(`planned abort: ${text}`)
})

test('whether its worker was stopped before is said, and a warning where it was not', () => {
  for (const [cold, text, level] of [
    ['stopped', 'its worker was stopped first', 'info'],
    ['not-running', 'no worker had to be stopped', 'info'],
    ['not-stopped', 'its worker could not be stopped first', 'warning'],
  ] as const) {
    const { panel, model } = planning()
    panel(fired({ cold }), 10, ofPage)
    const row = model.rows.at(-1)
    expect(row && describe(row)).toMatchObject({ level, text: expect.stringContaining(text) })
  }
})

test('one that is removed is gone, and why is said', () => {
  const { panel, model, fetch, last } = planning()
  panel(removed('fetch-ended'), 10, ofPage)
  expect(fetch.planned).toBe(null)
  expect(last()).toBe('planned abort removed: at 50%: the fetch ended before')
  // Each page reports for itself: one that is not known is no row.
  const rows = model.rows.length
  panel(removed('asked', 'unknown'), 10, ofPage)
  expect(model.rows).toHaveLength(rows)
})

test('another plan for the fetch takes its place', () => {
  const { panel, model, fetch } = planning()
  panel(planned({ kind: 'bytes', bytes: 800 }, 'q'), 10, ofPage)
  panel(removed('replaced'), 10, ofPage)
  expect(fetch.planned?.command).toBe('q')
  expect(plannedShare(fetch)).toBe(80)
  expect(model.plannedAborts).toHaveLength(1)
})

test.each(['frame-gone', 'watch-stopped'] as const)('with %s it is gone, and that is said', (type) => {
  const { page, panel, model, fetch } = planning()
  page(observed.frameGone(), 10, { document: 'document-2' })
  expect(fetch.planned).not.toBe(null)
  if (type === 'frame-gone') page(observed.frameGone())
  else panel({ type })
  expect(fetch.planned).toBe(null)
  expect(model.plannedAborts).toEqual([])
  const row = model.rows.findLast(({ kind }) => kind === 'planned-abort-lost')
  expect(row && describe(row)).toMatchObject({
    level: 'warning',
    text: 'at 50%: the page that was to abort is gone',
  })
})

test('one for the next fetch of an ID waits without a fetch until one begins', () => {
  const stream = createStream()
  const next: Body = { type: 'next-abort-planned', pattern: 'epi*', command: 'p', moment: half, cold: true }
  stream.panel(next, 10, ofPage)
  expect(stream.last()).toBe('abort planned: at 50%, for the next fetch “epi*”; its worker is stopped first')
  expect(stream.model.plannedAborts).toMatchObject([{ pattern: 'epi*', fetch: null }])
  stream.page(observed.seen('h'))
  stream.page({ type: 'planned-abort-applied', handle: h, command: 'p' })
  expect(stream.last()).toBe('abort planned: at 50%, as planned for this ID')
  expect(stream.model.fetches[0]?.planned?.command).toBe('p')
})

test('what is planned stays when older events are dropped, what is not any more goes', () => {
  const { events, panel } = planning()
  const next: Body = { type: 'next-abort-planned', pattern: '*', command: 'n', moment: half, cold: false }
  panel(next, 10, ofPage)
  const after = () => {
    const model = createModel()
    model.apply(contextOf(events, []))
    return model.plannedAborts.map(({ command }) => command)
  }
  expect(after()).toEqual(['p', 'n'])
  panel(removed('asked', 'n'), 10, ofPage)
  expect(after()).toEqual(['p'])
  panel(removed('asked'), 10, ofPage)
  expect(after()).toEqual([])
})

test('a mark stands on the bar only where it has a place there', () => {
  const stream = createStream()
  stream.page(observed.seen('h', {}, { downloadTotal: 0 }))
  stream.panel(planned({ kind: 'bytes', bytes: 5 }), 10, ofPage)
  const [fetch] = stream.model.fetches
  expect(fetch && plannedShare(fetch)).toBe(null)
  const { fetch: timed } = planning({ kind: 'time', ms: 5 })
  expect(plannedShare(timed)).toBe(null)
})
