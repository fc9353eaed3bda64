import type { Body, BodyOf, SessionEvent } from '../../../protocol/events'
import { dispatchedOf } from '../../../protocol/events.fixture'
import { attributesOf, createStream, observed } from './events.fixture'

/** What the tracer says, in short. For tests. */
export const trace = {
  on: (): Body => ({ type: 'tracer', state: 'on', reason: '', detail: '' }),
  seen: (worker = 'w1', some: Partial<BodyOf<'worker-seen'>> = {}): Body => ({
    type: 'worker-seen',
    worker,
    url: 'https://pod.example/sw.js?handler=keep',
    scope: 'https://pod.example/',
    state: 'activated',
    how: 'running',
    ...some,
  }),
  stopped: (worker = 'w1', how: BodyOf<'worker-stopped'>['how'] = 'stopped'): Body => ({
    type: 'worker-stopped',
    worker,
    how,
  }),
  scripts: (
    mentions: Record<string, BodyOf<'worker-scripts'>['mentions'][number]['as']> = {},
    some: Partial<BodyOf<'worker-scripts'>> = {},
  ): Body => ({
    type: 'worker-scripts',
    worker: 'w1',
    complete: true,
    added: [],
    mentions: Object.entries(mentions).map(([name, as]) => ({
      name,
      as,
      location: { url: 'https://pod.example/sw.js', line: 12, column: 1 },
    })),
    ...some,
  }),
  dispatched: (some: Partial<BodyOf<'dispatched'>> = {}): Body =>
    dispatchedOf({
      worker: 'w1',
      attributes: attributesOf({ result: 'failure', failureReason: 'aborted' }),
      ...some,
    }),
  returned: (event = 1, ran: number | null = null): Body => ({
    type: 'handler-returned',
    worker: 'w1',
    event,
    ran,
  }),
  waits: (n = 1, given: BodyOf<'wait-until'>['given'] = 'promise', event = 1): Body => ({
    type: 'wait-until',
    worker: 'w1',
    event,
    n,
    given,
    location: null,
  }),
  settled: (n = 1, message?: string, event = 1): Body => ({
    type: 'promise-settled',
    worker: 'w1',
    event,
    n,
    error: message === undefined ? null : { message, stack: '' },
  }),
  done: (promises = 1, rejected = 0, event = 1): Body => ({
    type: 'event-done',
    worker: 'w1',
    event,
    promises,
    rejected,
  }),
  exception: (byHandler = true, event: number | null = 1, message = 'TypeError: no'): Body => ({
    type: 'exception',
    worker: 'w1',
    event,
    byHandler,
    error: { message, stack: '' },
    location: null,
  }),
  log: (event: number | null = 1): Body => ({
    type: 'console',
    worker: 'w1',
    event,
    level: 'log',
    text: 'hello',
    location: null,
  }),
}

/** A stream whose tracer can be reported as well; its last fetch, and its rows in short. */
export function createTracedStream() {
  const stream = createStream()
  return {
    ...stream,
    /** The tracer reports, after `wait` milliseconds. */
    worker: (body: Body, wait = 10, about: Partial<SessionEvent> = {}) =>
      stream.panel(body, wait, { source: 'worker', ...about }),
    fetch() {
      const fetch = stream.model.fetches.at(-1)
      if (!fetch) throw new Error('There is no fetch.')
      return fetch
    },
    /** The kinds of rows that belong to the last fetch. */
    story() {
      const fetch = stream.model.fetches.at(-1)
      return stream.model.rows.filter((row) => row.fetch === fetch).map((row) => row.kind)
    },
  }
}

/** A fetch that was aborted in the panel, with its worker seen; what the worker does comes next. */
export function aborted() {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  stream.page(observed.seen('h1'))
  stream.panel(observed.abort('h1'))
  stream.page(observed.answer('h1'))
  stream.page(observed.failure('h1'))
  return stream
}
