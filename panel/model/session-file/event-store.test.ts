import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../protocol/events'
import { createAuditStream } from '../audit/audit.fixture'
import { createModel } from '../session/fold'
import { createStream, endedStream, observed, shown } from '../streams/events.fixture'
import { streamNumber } from '../streams/stream.fixture'
import { aborted, trace } from '../streams/workers.fixture'
import { createEventStore } from './event-store'

const storeOf = (events: readonly SessionEvent[], preserve = true, bound?: number) => {
  const eventStore = createEventStore(() => preserve, bound)
  eventStore.append(events)
  return eventStore.events
}
const folded = (events: readonly SessionEvent[]) => {
  const model = createModel()
  model.apply(events)
  return model
}
const types = (events: readonly SessionEvent[]) => events.map(({ body }) => body.type)

test('all that came is kept, once', () => {
  const events = streamNumber(2, 300).filter(({ body }) => body.type !== 'cleared')
  const eventStore = createEventStore(() => true)
  eventStore.append(events.slice(0, 200))
  eventStore.append(events)
  expect(eventStore.events).toEqual(events)
})

test('what was cleared is not kept', () => {
  const audited = createAuditStream()
  audited.stream.panel({ type: 'watch-started' })
  audited.stream.page(observed.frame())
  audited.seen().event().ended()
  audited.stream.panel({ type: 'cleared' })
  expect(types(storeOf(audited.stream.events))).toEqual(['watch-started', 'frame', 'worker-seen', 'cleared'])
})

test('a fetch that runs on is kept with all that was reported of it', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.log())
  stream.panel({ type: 'cleared' })
  stream.worker(trace.done())
  stream.page(observed.over('h1'))
  expect(shown(folded(storeOf(stream.events))).rows).toMatchObject(
    stream.model.rows.map(({ kind, at, after }) => ({ kind, at, after })),
  )
  expect(folded(storeOf(stream.events)).fetches).toMatchObject([{ id: 'episode', state: 'over' }])
})

test('a fetch whose end a later page reported does not come back', () => {
  const stream = createStream()
  stream.page(observed.seen('a:1'))
  stream.page(observed.inventory(), 10, { producer: 'bridge-2' })
  stream.panel({ type: 'cleared' })
  expect(stream.states()).toEqual([])
  expect(folded(storeOf(stream.events)).fetches).toEqual([])
})

test('a navigation clears as well, when the log is not preserved', () => {
  const stream = endedStream(() => false)
  stream.panel(observed.navigated())
  expect(types(storeOf(stream.events, false))).toEqual(['navigated'])
  expect(storeOf(stream.events, true)).toEqual(stream.events)
})

test('beyond the bound the oldest go, but not what runs on', () => {
  const stream = createStream()
  stream.page(observed.seen('running'))
  stream.page(observed.seen('ended', { id: 'ended' }))
  stream.page(observed.over('ended'))
  for (let i = 1; i <= 500; i++) stream.page(observed.progress('running', i))
  const eventStore = storeOf(stream.events, true, 100)
  expect(eventStore.length).toBeLessThanOrEqual(100)
  expect(eventStore[0]?.body).toMatchObject({ type: 'fetch-seen', handle: 'running' })
  expect(types(eventStore)).not.toContain('event-over')
  expect(eventStore.at(-1)).toEqual(stream.events.at(-1))
  expect(folded(eventStore).fetches).toMatchObject([{ id: 'episode', attributes: { downloaded: 500 } }])
})

test('a fetch that a later page saw end does not end unseen in the file of a log that is not preserved', () => {
  const stream = createStream()
  stream.page(observed.seen('a:1'))
  stream.page(observed.navigated(), 10)
  stream.page(observed.seen('b:1', { already: true }), 10, { producer: 'bridge-2' })
  stream.page(observed.inventory('b:1'), 0, { producer: 'bridge-2' })
  stream.page(observed.settled('b:1', { result: 'failure', failureReason: 'aborted' }), 10, {
    producer: 'bridge-2',
  })
  stream.page(observed.over('b:1'), 10, { producer: 'bridge-2' })
  stream.page(observed.navigated(), 10)
  const read = folded(storeOf(stream.events, false))
  expect(read.rows.map(({ kind }) => kind)).not.toContain('ended-unseen')
})
