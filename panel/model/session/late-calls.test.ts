import { expect, test } from 'vitest'
import { attributesOf, createStream, observed } from '../streams/events.fixture'
import { createTracedStream, trace } from '../streams/workers.fixture'
import { called, location } from './calls.fixture'

test('a call that is reported after its fetch was seen, as of one that fails at once, has started it', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  const at = stream.model.fetches[0]?.seenAt ?? 0
  stream.page(called('fetch'), -10)
  expect(stream.model.fetches[0]?.initiator?.location).toEqual(location)
  expect(stream.model.fetches[0]?.startCalls[0]?.at).toBeLessThan(at)
})

test('a call that is made after a fetch was seen has not started it', () => {
  const stream = createStream()
  stream.page(observed.seen('h'))
  stream.page(called('fetch'), 10)
  expect(stream.model.fetches[0]?.initiator).toBeNull()
})

test.each([
  ['before its event', true],
  ['after it', false],
])('what started it is the call that is reported %s, also when a page lists it later', (_, isBefore) => {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  if (isBefore) stream.page(called('fetch'))
  stream.worker(
    trace.dispatched({
      name: 'backgroundfetchfail',
      attributes: attributesOf({ result: 'failure', failureReason: 'fetch-error' }),
    }),
  )
  if (!isBefore) stream.page(called('fetch'), -10)
  expect(stream.fetch().initiator?.location).toEqual(location)
  stream.worker(trace.done(0))
  stream.page(observed.seen('h1'), 20)
  stream.page(observed.failure('h1', 'fetch-error'), 5)
  stream.page(observed.over('h1'), 5)
  expect(stream.model.fetches.map(({ unlisted, initiator }) => [unlisted, initiator?.location])).toEqual([
    [false, location],
  ])
})
