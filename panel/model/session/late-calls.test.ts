import { expect, test } from 'vitest'
import { attributesOf, createStream, KEY, observed } from '../streams/events.fixture'
import { createTracedStream, trace } from '../streams/workers.fixture'
import { called, calledAtLine, location } from './calls.fixture'

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

test('a call that is reported after the fetch, beside another one that may have started it, leaves what both have in common', () => {
  for (const [line, initiator] of [
    [location.line, location.line],
    [99, undefined],
  ] as const) {
    const stream = createStream()
    const { at } = stream.page(called('fetch'), 10)
    stream.page(observed.seen('h'), 40)
    stream.page(calledAtLine(line), -40)
    expect(stream.events.at(-1)?.at).toBe(at)
    expect(stream.model.fetches[0]?.initiator?.location?.line).toBe(initiator)
    // Nor is it known which of them is left for another one.
    stream.page(observed.seen('h2', { scope: `${KEY}/other/` }), 60)
    stream.page(observed.seen('h3', { scope: `${KEY}/third/` }))
    const lines = stream.model.fetches.map((one) => one.initiator?.location?.line)
    expect(lines).toEqual([initiator, initiator, undefined])
  }
})
