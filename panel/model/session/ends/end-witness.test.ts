import { expect, describe as group, test } from 'vitest'
import { contextOf } from '../../../../protocol/context/context'
import { endedAt } from '../../audit/evidence/handler'
import { describe } from '../../describe/describe'
import { attributesOf, observed } from '../../streams/events.fixture'
import { aborted, createTracedStream, trace } from '../../streams/workers.fixture'
import { handlerTime } from '../../table/handler-time'
import { isLive } from '../fetch-phase'
import { createModel } from '../fold'

/** A fetch that runs, with its worker seen. */
function running() {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  stream.page(observed.seen('h1'))
  return stream
}

const giveUps = [
  [
    'is listed no longer',
    (stream: ReturnType<typeof running>) => stream.page(observed.gone('h1', 'not-listed')),
  ],
  [
    'says its worker is unregistered',
    (stream: ReturnType<typeof running>) => stream.page(observed.gone('h1')),
  ],
  [
    'finds it missing in an inventory',
    (stream: ReturnType<typeof running>) => stream.page(observed.inventory()),
  ],
  ['is gone', (stream: ReturnType<typeof running>) => stream.page(observed.frameGone())],
] as const

group.each(giveUps)('a fetch whose page %s', (_, giveUp) => {
  test('before its worker got the event ended as the worker says', () => {
    const stream = running()
    giveUp(stream)
    stream.worker(trace.dispatched())
    stream.worker(trace.done(0))
    expect(stream.fetch()).toMatchObject({
      state: 'over',
      settledBy: 'worker',
      unregisteredAt: null,
      attributes: { result: 'failure', failureReason: 'aborted' },
    })
    expect(stream.fetch().overAt).toBe(stream.fetch().events[0]?.doneAt)
  })

  test('after its worker got the event ended as the worker says, and no row says that its end is unknown', () => {
    const stream = running()
    stream.worker(trace.dispatched())
    giveUp(stream)
    expect(stream.fetch()).toMatchObject({ state: 'settled', settledBy: 'worker', unregisteredAt: null })
    if (!/frame/.test(stream.events.at(-1)?.body.type ?? '')) {
      expect(stream.last()).toMatch(
        /No page observed its end; its service worker got backgroundfetchabort; the last amount seen was 0 B$/,
      )
    }
    stream.worker(trace.done(0))
    expect(stream.fetch().state).toBe('over')
  })

  test('after the worker was done with the event is over', () => {
    const stream = running()
    stream.worker(trace.dispatched())
    stream.worker(trace.done(0))
    giveUp(stream)
    expect(stream.fetch()).toMatchObject({ state: 'over', settledBy: 'worker' })
  })

  test('is not active again for a panel that reads what is left of a cleared log', () => {
    const stream = running()
    giveUp(stream)
    stream.worker(trace.dispatched())
    stream.worker(trace.done(0))
    const again = createModel()
    again.apply(contextOf(stream.events, []))
    expect(again.fetches.filter(isLive)).toEqual([])
  })
})

test('what a page says of a fetch whose end is on record is not heard', () => {
  const stream = aborted()
  const before = stream.kinds()
  stream.page(observed.gone('h1', 'not-listed'))
  expect(stream.kinds()).toEqual(before)
})

test('a page whose fetch settled and which is gone then leaves the end of the event to the worker', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.page(observed.frameGone())
  expect(stream.fetch()).toMatchObject({ state: 'over', overAt: null })
  stream.worker(trace.done(0))
  expect(stream.fetch().overAt).toBe(stream.fetch().events[0]?.doneAt)
})

test('an event that contradicts how the fetch ended is of another fetch', () => {
  const stream = running()
  stream.page(observed.success('h1'))
  stream.worker(trace.dispatched())
  const [listed, other] = stream.model.fetches
  expect(listed).toMatchObject({ events: [], unlisted: false })
  expect(other).toMatchObject({ unlisted: true, attributes: { failureReason: 'aborted' } })
})

test('the event of a fetch that was lost from sight is not given to the next one of its id', () => {
  const stream = running()
  const { at } = stream.page(observed.progress('h1', 10))
  stream.page(observed.gone('h1', 'not-listed'))
  stream.page(observed.seen('h2'), 1000)
  stream.worker(trace.dispatched(), 10, { at: at + 5 })
  const [first, second] = stream.model.fetches
  expect(first).toMatchObject({ settledBy: 'worker', attributes: { failureReason: 'aborted' } })
  expect(second).toMatchObject({ state: 'queued', events: [] })
})

test('a click is no end', () => {
  const stream = running()
  stream.worker(trace.dispatched({ name: 'backgroundfetchclick' }))
  stream.page(observed.gone('h1', 'not-listed'))
  expect(stream.fetch().state).toBe('gone')
})

for (const order of ['before', 'after'] as const) {
  test(`the log says once how a fetch ended whose page went ${order} its worker got the event`, () => {
    const stream = running()
    if (order === 'before') stream.page(observed.frameGone())
    stream.worker(trace.dispatched())
    if (order === 'after') stream.page(observed.frameGone())
    stream.worker(trace.returned())
    stream.worker(trace.done(0))
    expect(stream.story().filter((kind) => kind === 'ended-unseen')).toHaveLength(1)
    expect(stream.story().filter((kind) => kind === 'verdict')).toHaveLength(1)
    expect(stream.fetch().evidence).toMatchObject({ unregistered: false, reasons: expect.any(Array) })
  })
}

test('a worker that got the event for the end of a fetch was not unregistered before', () => {
  const stream = running()
  stream.page(observed.gone('h1', 'unregistered'))
  const success = {
    name: 'backgroundfetchsuccess',
    attributes: attributesOf({ result: 'success', downloadTotal: 7 }),
  } as const
  stream.worker(trace.dispatched(success))
  expect(stream.model.fetches[0]?.unregisteredAt).not.toBeNull()
  stream.page(observed.settled('h1', { result: 'success', downloadTotal: 7 }))
  expect(stream.model.fetches).toMatchObject([{ unregisteredAt: null, events: [{ dispatched: success }] }])
})

test.each(['before', 'after'] as const)(
  'nor where a page finds it unregistered %s the event is known',
  (order) => {
    const stream = running()
    stream.page(observed.failure('h1'))
    const over = { ...observed.over('h1'), unregistered: true }
    if (order === 'before') stream.page(over)
    stream.worker(trace.dispatched(), 5)
    if (order === 'after') stream.page(over)
    expect(stream.fetch()).toMatchObject({ unregisteredAt: null, state: 'over', events: [{}] })
    const row = stream.model.rows.find(({ kind }) => kind === 'event-over') ?? expect.unreachable()
    // What it said stays.
    expect(describe(row)).toMatchObject(
      order === 'before'
        ? { name: 'event not observed' }
        : { name: 'records released', text: 'its worker is not registered any more' },
    )
  },
)

test('the end of an event is what its worker says where the release of the records came of an unregistration', () => {
  const stream = running()
  stream.page(observed.failure('h1'))
  stream.worker(trace.dispatched(), 5)
  const over = { ...observed.over('h1'), unregistered: true }
  stream.page(over)
  expect(endedAt(stream.fetch())).toBeNull()
  expect(handlerTime(stream.fetch())?.kind).toBe('running')
  stream.worker(trace.done(0), 5000)
  expect(handlerTime(stream.fetch())?.kind).toBe('took')
  const done = stream.fetch().events[0]?.doneAt ?? Number.NaN
  expect([stream.fetch().overAt, endedAt(stream.fetch())]).toEqual([done, done])
})
