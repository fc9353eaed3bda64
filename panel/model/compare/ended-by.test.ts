import { expect, test } from 'vitest'
import type { Body } from '../../../protocol/events'
import { called, location } from '../session/calls.fixture'
import { createStream, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { compare } from './compare'
import { sideOf } from './compare.fixture'

/** A fetch that was aborted after this call. */
function aborted(call: Body) {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h'))
  stream.page(call)
  stream.page(observed.failure('h'))
  return sideOf(stream.model.fetches[0] ?? expect.unreachable(), stream.model)
}

const byPage = called('abort')
const besideWorker = { ...byPage, untracedUntil: 2_000_000 } as Body
const byWorker: Body = {
  ...{ type: 'worker-call', worker: 'w1', method: 'abort', id: 'episode', location, callers: [] },
}

test.each([
  ['the page and the worker', byPage, byWorker, 'differs'],
  ['the page twice', byPage, byPage, 'same'],
  ['the page, and the page or a worker', byPage, besideWorker, 'not-observed'],
  ['the page or a worker, and the worker', besideWorker, byWorker, 'not-observed'],
])('aborts by %s are compared as far as it is known whose they are', (_, a, b, group) => {
  const line = compare(aborted(a), aborted(b)).facts.find(({ name }) => name === 'Ended by')
  expect(line?.group).toBe(group)
})
