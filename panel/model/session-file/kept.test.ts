import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../protocol/events'
import { tellAudit } from '../audit/audit.fixture'
import { say, shown, tell } from '../events.fixture'
import { createModel } from '../fold'
import { streamNumber } from '../stream.fixture'
import { aborted, trace } from '../workers.fixture'
import { createKept } from './kept'

const keep = (events: readonly SessionEvent[], preserve = true, bound?: number) => {
  const kept = createKept(() => preserve, bound)
  kept.append(events)
  return kept.events
}
const folded = (events: readonly SessionEvent[]) => {
  const model = createModel()
  model.apply(events)
  return model
}
const types = (events: readonly SessionEvent[]) => events.map(({ body }) => body.type)

test('all that came is kept, once', () => {
  const events = streamNumber(2, 300).filter(({ body }) => body.type !== 'cleared')
  const kept = createKept(() => true)
  kept.append(events.slice(0, 200))
  kept.append(events)
  expect(kept.events).toEqual(events)
})

test('what was cleared is not kept', () => {
  const told = tellAudit()
  told.stream.panel({ type: 'watch-started' })
  told.stream.page(say.frame())
  told.seen().event().ended()
  told.stream.panel({ type: 'cleared' })
  expect(types(keep(told.stream.events))).toEqual(['watch-started', 'frame', 'worker-seen', 'cleared'])
})

test('a fetch that runs on is kept with all that was told of it', () => {
  const stream = aborted()
  stream.worker(trace.dispatched())
  stream.worker(trace.log())
  stream.panel({ type: 'cleared' })
  stream.worker(trace.done())
  stream.page(say.over('h1'))
  expect(shown(folded(keep(stream.events))).rows).toMatchObject(
    stream.model.rows.map(({ kind, at, after }) => ({ kind, at, after })),
  )
  expect(folded(keep(stream.events)).fetches).toMatchObject([{ id: 'episode', state: 'over' }])
})

test('a fetch whose end a later page told of does not come back', () => {
  const stream = tell()
  stream.page(say.seen('a:1'))
  stream.page(say.inventory(), 10, { producer: 'bridge-2' })
  stream.panel({ type: 'cleared' })
  expect(stream.states()).toEqual([])
  expect(folded(keep(stream.events)).fetches).toEqual([])
})

test('a navigation clears as well, when the log is not preserved', () => {
  const stream = tell(() => false)
  stream.page(say.seen('h'))
  stream.page(say.failure('h'))
  stream.page(say.over('h'))
  stream.panel(say.navigated())
  expect(types(keep(stream.events, false))).toEqual(['navigated'])
  expect(keep(stream.events, true)).toEqual(stream.events)
})

test('beyond the bound the oldest go, but not what runs on', () => {
  const stream = tell()
  stream.page(say.seen('running'))
  stream.page(say.seen('ended', { id: 'ended' }))
  stream.page(say.over('ended'))
  for (let i = 1; i <= 500; i++) stream.page(say.progress('running', i))
  const kept = keep(stream.events, true, 100)
  expect(kept.length).toBeLessThanOrEqual(100)
  expect(kept[0]?.body).toMatchObject({ type: 'fetch-seen', handle: 'running' })
  expect(types(kept)).not.toContain('event-over')
  expect(kept.at(-1)).toEqual(stream.events.at(-1))
  expect(folded(kept).fetches).toMatchObject([{ id: 'episode', attributes: { downloaded: 500 } }])
})

test('a fetch that a later page saw end does not end unseen in the file of a log that is not preserved', () => {
  const stream = tell()
  stream.page(say.seen('a:1'))
  stream.page(say.navigated(), 10)
  stream.page(say.seen('b:1', { already: true }), 10, { producer: 'bridge-2' })
  stream.page(say.inventory('b:1'), 0, { producer: 'bridge-2' })
  stream.page(say.settled('b:1', { result: 'failure', failureReason: 'aborted' }), 10, {
    producer: 'bridge-2',
  })
  stream.page(say.over('b:1'), 10, { producer: 'bridge-2' })
  stream.page(say.navigated(), 10)
  const read = folded(keep(stream.events, false))
  expect(read.rows.map(({ kind }) => kind)).not.toContain('ended-unseen')
})
