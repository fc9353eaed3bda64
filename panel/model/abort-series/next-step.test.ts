import { expect, test } from 'vitest'
import type { Handle } from '../../../protocol/handle'
import { rowOf } from '../audit/audit.fixture'
import { observed } from '../streams/events.fixture'
import { nextStep, type SeriesState } from './next-step'
import { after, atOnce, createSeriesStream } from './series.fixture'

const two = [
  { moment: atOnce, cold: false },
  { moment: after(1), cold: false },
]
const LATER = 5_000_000

/** A series of a page whose storage was read. */
function scene() {
  const story = createSeriesStream(two)
  const { stream } = story
  stream.page({ type: 'storage-baseline', caches: 0, stores: 0, files: 0, gaps: [] })
  const step = (some: Partial<SeriesState> = {}) =>
    nextStep({
      ...{ series: story.series(), view: stream.model, stopping: false },
      ...{ starting: false, startedAt: null, deleted: new Set<number>(), deletedAt: 0, waitsSince: null },
      ...{ aborted: new Set<Handle>(), now: LATER },
      ...some,
    })
  return { story, stream, step }
}

test('runs begin one after the other, each when the one before has its final verdict', () => {
  const { story, step } = scene()
  expect(step()).toEqual({ kind: 'begin', run: 0 })
  story.begin(0)
  expect(step({ starting: true })).toEqual({ kind: 'wait', for: { kind: 'start' } })
  story.seen(0)
  expect(step({ startedAt: LATER })).toEqual({ kind: 'wait', for: { kind: 'run' } })
  story.fired(0)
  expect(step({ startedAt: LATER }).kind).toBe('wait')
  story.ended(0)
  expect(step()).toEqual({ kind: 'begin', run: 1 })
  story.run(1)
  expect(step()).toEqual({ kind: 'end', why: 'done' })
})

test('the next run is compared with what the one before has left: it waits for that', () => {
  const { story, step } = scene()
  story.run(0)
  const final = story.series().runs[0]?.fetch?.snapshots.final
  if (!final) return expect.unreachable()
  const read = final.at + final.body.took
  expect(step({ now: read + 100 })).toEqual({ kind: 'wait', for: { kind: 'baseline' } })
  expect(step({ now: read + 1500 })).toEqual({ kind: 'begin', run: 1 })
  expect(step({ now: read + 1500, deletedAt: read + 1000 }).kind).toBe('wait')
})

test('it waits for other fetches of the site, for a page and for its storage, and for the latter not for ever', () => {
  const { stream, step } = scene()
  stream.page(observed.seen('x', { id: 'other' }))
  expect(step()).toEqual({ kind: 'wait', for: { kind: 'others', ids: ['other'] } })
  stream.page(observed.success('x'))
  stream.page(observed.over('x'))
  stream.page(observed.frameGone())
  expect(step()).toEqual({ kind: 'wait', for: { kind: 'page' } })
  stream.page(observed.frame(), 10, { document: 'document-2' })
  expect(step({ waitsSince: LATER - 100 })).toEqual({ kind: 'wait', for: { kind: 'baseline' } })
  expect(step({ waitsSince: LATER - 60_000 })).toEqual({ kind: 'begin', run: 0 })
})

test('a stop aborts the fetch of the run once, waits for its end, and then ends', () => {
  const { story, stream, step } = scene()
  story.begin(0).seen(0)
  const handle = 'h0' as Handle
  expect(step({ stopping: true })).toEqual({ kind: 'abort', handle })
  expect(step({ stopping: true, aborted: new Set([handle]) }).kind).toBe('wait')
  stream.page(observed.failure('h0'))
  expect(step({ stopping: true, aborted: new Set([handle]) })).toEqual({ kind: 'end', why: 'stopped' })
})

test('a stop while the page is being asked waits for its answer', () => {
  const { story, step } = scene()
  story.begin(0)
  expect(step({ stopping: true, starting: true }).kind).toBe('wait')
  expect(step({ stopping: true, startedAt: LATER }).kind).toBe('wait')
  expect(step({ stopping: true })).toEqual({ kind: 'end', why: 'stopped' })
})

test('a fetch whose page has gone with the plan is aborted when another page follows it', () => {
  const { story, stream, step } = scene()
  story.begin(0).seen(0)
  stream.page(observed.frameGone())
  expect(step()).toEqual({ kind: 'wait', for: { kind: 'page' } })
  stream.page(observed.frame(), 10, { document: 'document-2' })
  stream.page(observed.seen('again', { id: 'trip-1', already: true }), 10, { document: 'document-2' })
  expect(step()).toEqual({ kind: 'abort', handle: 'again' })
})

test('a run that was refused goes on with the next one, and its fetch is ended should it have begun', () => {
  const { story, stream, step } = scene()
  story.begin(0).removed(0, 'asked')
  story.step({
    type: 'abort-series-run-failed',
    ...{ series: 's', run: 0, why: 'page-gone', detail: '' },
  })
  expect(step()).toEqual({ kind: 'begin', run: 1 })
  stream.page(observed.seen('h0', { id: 'trip-1' }))
  expect(step()).toEqual({ kind: 'abort', handle: 'h0' })
})

test('the next run waits for the verdict on a fetch that says nothing of its moment, too', () => {
  const { story, stream, step } = scene()
  story.begin(0).seen(0).fired(0, { cold: 'not-stopped' })
  stream.page(observed.success('h0'))
  expect(story.kinds()[0]).toBe('not-tried: not-aborted')
  expect(step()).toEqual({ kind: 'wait', for: { kind: 'run' } })
})

test('an event that ends without a final verdict holds up nothing for ever', () => {
  const { story, stream, step } = scene()
  story.begin(0).seen(0).fired(0)
  stream.page(observed.failure('h0'))
  stream.page(observed.over('h0'))
  const over = story.series().runs[0]?.fetch?.overAt ?? expect.unreachable()
  expect(step({ now: over + 5000 })).toEqual({ kind: 'wait', for: { kind: 'run' } })
  expect(step({ now: over + 60_000 })).toEqual({ kind: 'begin', run: 1 })
})

test('what a run has left is deleted once, before the next one, where that is wanted', () => {
  const { story, step } = scene()
  story.run(0, { items: [rowOf('trip-1')] })
  const series = { ...story.series(), deletes: true }
  expect(step({ series })).toEqual({ kind: 'delete', run: 0 })
  expect(step({ series, deleted: new Set([0]) })).toEqual({ kind: 'begin', run: 1 })
})
