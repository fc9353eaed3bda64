import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../../../protocol/events'
import { howItEnded } from '../report/summary'
import { createStream, KEY, observed } from '../streams/events.fixture'
import { trace } from '../streams/workers.fixture'
import { outcomeOf } from '../table/outcome'
import { called, location, refused } from './calls.fixture'

/** A call while a worker of its origin ran whose calls were not all seen, as far as the clock of the fixture goes. */
const besideWorker = (method: 'fetch' | 'abort', untracedUntil = 2_000_000): Body =>
  ({ ...called(method), untracedUntil }) as Body

const orWorker = /, or by a service worker of its origin whose calls were not all traced/

test.each<[string, boolean, boolean]>([
  ['nothing else', false, false],
  ['a worker that is not traced', false, true],
  ['another tab and a worker that is not traced', true, true],
])('beside %s, who aborted a fetch is said with what is not known of it', (_, otherTab, untracedWorker) => {
  const stream = createStream()
  if (untracedWorker)
    stream.panel({
      ...{ type: 'worker-untraced', worker: 'w', url: `${KEY}/sw.js`, reason: 'probe-failed', detail: '' },
    })
  stream.page(observed.seen('h'))
  const others = {
    ...(otherTab ? { otherTab } : {}),
    ...(untracedWorker ? { untracedUntil: 2_000_000 } : {}),
  }
  stream.page({ ...called('abort'), ...others } as Body)
  stream.page(observed.failure('h'))
  const fetch = stream.model.fetches[0] ?? expect.unreachable()
  expect(outcomeOf(fetch)).toMatchObject({
    by: 'page',
    text: `aborted · app.js:12${otherTab || untracedWorker ? '?' : ''}`,
  })
  for (const said of [stream.last(), howItEnded(fetch, 0)[0] ?? '']) {
    expect(said).toMatch(/Aborted by the page/)
    expect(/, or by another tab with a page of its origin/.test(said)).toBe(otherTab)
    expect(orWorker.test(said)).toBe(untracedWorker)
  }
})

test('of several calls that may have aborted it, one beside such a worker is enough', () => {
  for (const calls of [
    [called('abort'), besideWorker('abort')],
    [besideWorker('abort'), called('abort')],
  ]) {
    const stream = createStream()
    stream.page(observed.seen('h'))
    for (const call of calls) stream.page(call)
    stream.page(observed.failure('h'))
    expect(stream.last()).toMatch(orWorker)
  }
})

test.each([
  ['before', -1, false],
  ['after', 1, true],
])(
  'a worker that was not traced until right %s the fetch was started may have aborted it',
  (_, later, may) => {
    for (const isTraced of [true, false]) {
      const stream = createStream()
      const call = called('fetch')
      const { at } = isTraced ? stream.page(call) : { at: 0 }
      const { at: seenAt } = stream.page(observed.seen('h'), 500)
      // It may have begun a second before it is listed.
      stream.page(besideWorker('abort', (isTraced ? at : seenAt - 1000) + later))
      stream.page(observed.failure('h'))
      expect(orWorker.test(stream.last())).toBe(may)
    }
  },
)

test('of one that ran already, it may have been at any time', () => {
  const stream = createStream()
  stream.page(observed.seen('h', { already: true }))
  stream.page(besideWorker('abort', 1))
  stream.page(observed.failure('h'))
  expect(stream.last()).toMatch(orWorker)
})

test('a traced worker’s call beside another one that is not traced is not certain either', () => {
  const stream = createStream()
  stream.panel(trace.seen())
  stream.page(observed.seen('h'))
  stream.panel({
    ...{ type: 'worker-call', worker: 'w1', method: 'abort', id: 'episode', location, callers: [] },
    untracedUntil: 2_000_000,
  } as Body)
  stream.page(observed.failure('h'))
  expect(stream.last()).toMatch(orWorker)
})

test('a fetch that begins after a call beside such a worker may be of that, and is not said to have the call’s options', () => {
  const stream = createStream()
  const { at } = stream.page(besideWorker('fetch'))
  const options: BodyOf<'call-options'> = {
    ...{ type: 'call-options', id: 'episode', origin: KEY, calledAt: at, title: 'An episode', icons: [] },
  }
  stream.page(options)
  stream.page(observed.seen('h'))
  const [fetch] = stream.model.fetches
  expect(fetch?.initiator?.location).toEqual(location)
  expect(fetch?.options).toBeNull()
  expect(stream.last()).toMatch(
    /; by start, or by a service worker of its origin whose calls were not all traced$/,
  )
})

test('it is of that worker where the browser has refused the call', () => {
  const stream = createStream()
  const { at } = stream.page(besideWorker('fetch'))
  stream.page(observed.seen('h'))
  stream.page(refused(at, 'TypeError: There already is a registration for the given id.'))
  expect(stream.model.fetches[0]).toMatchObject({ initiator: null, startCalls: [] })
})
