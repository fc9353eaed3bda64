import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { createStream, KEY, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { outcomeOf } from '../table/outcome'
import { location } from './calls.fixture'

const inWorker = (method: 'fetch' | 'abort', worker = 'w1'): Body => ({
  type: 'worker-call',
  worker,
  method,
  id: 'episode',
  location,
  callers: [],
})

test('an abort by the worker is said to be its', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h'))
  stream.panel(inWorker('abort'))
  expect(stream.last()).toBe('abort() called: by the service worker: start')
  stream.page(observed.failure('h'))
  const [fetch] = stream.model.fetches
  expect(fetch && outcomeOf(fetch)).toMatchObject({
    kind: 'aborted',
    by: 'worker',
    text: 'aborted · app.js:12',
  })
  expect(stream.last()).toMatch(/^settled: failure, aborted: Aborted by the service worker;/)
})

test.each([
  ['of another scope', trace.seen('w1', { scope: `${KEY}/other/` })],
  ['of another origin', trace.seen('w1', { url: 'https://other.example/sw.js' })],
  ['that is not known', trace.seen('w2')],
])('a call by a worker %s ended nothing', (_, seen) => {
  const stream = createStream()
  stream.panel(seen)
  stream.page(observed.seen('h'))
  stream.panel(inWorker('abort'))
  expect(stream.model.fetches[0]?.abortCalls).toEqual([])
})

test('a call by a worker is of its own scope’s fetch where two have one of its ID', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h1'))
  stream.page(observed.seen('h2', { scope: `${KEY}/other/` }))
  stream.panel(inWorker('abort'))
  expect(stream.model.fetches.map(({ abortCalls }) => abortCalls.length)).toEqual([1, 0])
})

test('a call of fetch() by a worker has a row, and is the initiator of the fetch that begins', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.panel(inWorker('fetch'))
  expect(stream.last()).toMatch(
    /^fetch\(\) called: fetch\(“episode”\) by the service worker: start\. Chrome 149/,
  )
  stream.page(observed.seen('h'))
  expect(stream.model.fetches[0]?.initiator).toMatchObject({ type: 'worker-call' })
})
