import { expect, test } from 'vitest'
import type { BackgroundFetchEventName } from '../../../protocol/event-names'
import type { Body } from '../../../protocol/events'
import { dispatchedOf } from '../../../protocol/events.fixture'
import { createAuditStream, recordOf } from '../audit/audit.fixture'
import { attributesOf, createStream, observed } from '../streams/events.fixture'
import { aborted, createTracedStream, trace } from '../streams/workers.fixture'

const about = { producer: 'worker-1', source: 'worker' as const, document: null, storageKey: null }
const failed = attributesOf({ result: 'failure', failureReason: 'aborted' })

/** A fetch whose worker got an event that is not the browser's own, before its end and after it. */
function judged(name: BackgroundFetchEventName, synthetic: boolean | undefined, wrong: boolean) {
  const story = createAuditStream('episode', createStream()).seen()
  const { stream } = story
  const put = (event: number, attributes = attributesOf()) => {
    const run = { worker: 'w0', event }
    stream.page(
      dispatchedOf({ ...run, name, isTrusted: false, synthetic, attributes, asynchronous: true }),
      1,
      about,
    )
    stream.page({ ...trace.waits(1, 'function', event), worker: 'w0' } as Body, 1, about)
    stream.page({ ...trace.exception(true, event), worker: 'w0' } as Body, 1, about)
    stream.page({ ...trace.done(1, 1, event), worker: 'w0' } as Body, 1, about)
  }
  const seen = { ...trace.seen('w0'), scope: story.fetch().scope } as Body
  stream.page(seen, 1, about)
  if (wrong) put(1)
  story.settled([recordOf()])
  if (wrong) put(2, failed)
  return story.over().later()
}

test.each([
  ['backgroundfetchclick', true],
  ['backgroundfetchabort', undefined],
  ['backgroundfetchfail', undefined],
] as const)('a %s that is not the browser’s own changes no verdict (synthetic: %s)', (name, synthetic) => {
  const story = judged(name, synthetic, true)
  expect(story.verdict()).toEqual(judged(name, synthetic, false).verdict())
  expect(story.fetch().events).toEqual([])
  expect(story.fetch().untrusted).toHaveLength(2)
})

test('a script’s own event for an end is no end, and the browser’s is', () => {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  stream.page(observed.seen('h1'))
  stream.page(observed.gone('h1', 'not-listed'))
  stream.worker(trace.dispatched({ isTrusted: false }))
  expect(stream.fetch()).toMatchObject({ state: 'gone', settledAt: null })
  stream.worker(trace.dispatched({ event: 2 }))
  expect(stream.fetch()).toMatchObject({ settledBy: 'worker', settledAt: stream.events.at(-1)?.at })
})

test('a script’s own event is not taken for the one that was not traced', () => {
  const stream = aborted()
  stream.worker(trace.dispatched({ isTrusted: false }))
  stream.worker(trace.done(0))
  stream.page(observed.over('h1'))
  expect(stream.story()).toContain('not-traced')
})

test('a worker is not said to have started for an event that this panel made', () => {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.page(observed.seen('h1'))
  stream.worker(trace.seen('w1', { how: 'started' }))
  const click = { name: 'backgroundfetchclick', attributes: attributesOf() } as const
  stream.worker(trace.dispatched({ ...click, isTrusted: false, synthetic: true }))
  expect(stream.model.rows.find(({ kind }) => kind === 'worker-seen')?.note).toBe('')
})
