import { expect, test } from 'vitest'
import { type Look, rowOf, snapshotOf } from '../audit/audit.fixture'
import { audit } from '../audit/verdict'
import { describe } from '../describe/describe'
import { attributesOf, observed } from './events.fixture'
import { createTracedStream, trace } from './workers.fixture'

const failed = {
  name: 'backgroundfetchfail',
  attributes: attributesOf({ result: 'failure', failureReason: 'fetch-error' }),
} as const

function traced() {
  const stream = createTracedStream()
  stream.panel(trace.on())
  stream.worker(trace.seen())
  return stream
}

test('a fetch that a page lists after its event began is the only one of its id', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  stream.page(observed.seen('h1'), 5)
  stream.page(observed.failure('h1', 'fetch-error'), 5)
  expect(stream.model.fetches.map(({ occurrence }) => occurrence)).toEqual([1])
  stream.page(observed.over('h1'), 5)
  stream.page(observed.seen('h2'), 500)
  expect(stream.model.fetches.map(({ occurrence }) => occurrence).sort()).toEqual([1, 2])
  expect(new Set(stream.model.fetches.map(({ key }) => key)).size).toBe(2)
})

/** Events that each fetch has, by their numbers. */
const eventsOf = ({ model }: ReturnType<typeof traced>) =>
  model.fetches
    .map(({ unlisted, events }) => [unlisted, ...events.map(({ dispatched }) => dispatched.event)] as const)
    .sort(([, a = 0], [, b = 0]) => a - b)

test('a fetch that no page listed is made of its event, and has a verdict', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  stream.worker(trace.returned())
  stream.worker(trace.done(0))
  expect(stream.model.fetches).toMatchObject([
    { id: 'episode', state: 'over', settledBy: 'worker', attributes: { failureReason: 'fetch-error' } },
  ])
  expect(stream.model.rows.filter(({ traced, fetch }) => traced && !fetch)).toEqual([])
  const verdict = audit(stream.fetch())
  expect(verdict?.kind).toBe('unknown')
  expect(verdict?.line).toMatch(/no page listed this fetch/)
})

test('a page may read the storage for it, so that its verdict is not final before', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  stream.worker(trace.returned())
  stream.worker(trace.done(0))
  expect(audit(stream.fetch())?.final).toBe(false)
  const { handle } = stream.fetch()
  const look: Look = { items: [rowOf('episode')], baseline: 'first-seen' }
  stream.page(snapshotOf(handle, 'event-ended', look))
  expect(audit(stream.fetch())).toMatchObject({ kind: 'left', final: false })
  stream.page(snapshotOf(handle, 'final', look))
  expect(audit(stream.fetch())).toMatchObject({ kind: 'left', final: true })
  expect(audit(stream.fetch())?.gaps).toEqual([
    expect.stringMatching(/when the fetch began was not observed/),
    expect.stringMatching(/requests could not be read/),
  ])
})

test.each([
  ['PUT', [], '', true],
  ['GET', ['authorization'], '', true],
  ['POST', ['content-type'], 'application/json; charset=utf-8', true],
  ['POST', ['content-type'], 'text/plain;charset=UTF-8', false],
  ['GET', ['accept'], '', false],
] as const)('its requests say whether CORS would ask: %s %s %s', (method, headers, contentType, asks) => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  const request = { method, url: 'https://other.example/a', headers: [...headers], contentType }
  stream.worker({ type: 'event-requests', worker: 'w1', event: 1, total: 1, requests: [request] })
  expect(stream.fetch().requests?.records).toMatchObject([{ method, needsPreflight: asks }])
  const row = stream.model.rows.at(-1)
  const { text } = describe(row as NonNullable<typeof row>)
  expect(/needs a CORS preflight, which Background Fetch does not send/.test(text)).toBe(asks)
})

test('a request to its own origin needs no preflight', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  const request = { method: 'PUT', url: 'https://pod.example/a', headers: [], contentType: '' }
  stream.worker({ type: 'event-requests', worker: 'w1', event: 1, total: 1, requests: [request] })
  expect(stream.fetch().requests?.records).toMatchObject([{ needsPreflight: false, state: 'unknown' }])
})

test('the row of its requests says that one of them is mixed content', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  const [own, insecure] = ['https://pod.example/a', 'http://cdn.example/b'].map((url) => ({
    method: 'GET',
    url,
    headers: [],
    contentType: '',
  }))
  if (!own || !insecure) throw new Error('No requests.')
  stream.worker({ type: 'event-requests', worker: 'w1', event: 1, total: 2, requests: [own, insecure] })
  const row = stream.model.rows.at(-1)
  expect(row && describe(row)).toMatchObject({
    level: 'error',
    text: expect.stringMatching(/^GET http:\/\/cdn\.example\/b: is mixed content.* and 1 more request$/),
  })
})

/** Two events of one id that were over before a page listed a fetch. */
function tracedTwice() {
  const stream = traced()
  for (const event of [1, 2]) {
    stream.worker(trace.dispatched({ ...failed, event }), 60)
    stream.worker(trace.done(0, 0, event))
  }
  return stream
}

test('of an id in a fast loop, only its own event is of the fetch that a page listed', () => {
  const stream = tracedTwice()
  stream.page(observed.seen('h1'), 20)
  const { at } = stream.page(observed.failure('h1', 'fetch-error'), 60)
  stream.worker(trace.dispatched({ ...failed, event: 3 }), 5)
  stream.worker(trace.done(0, 0, 3))
  stream.page(observed.over('h1'), 5)
  for (const event of [4, 5]) {
    stream.worker(trace.dispatched({ ...failed, event }), 100)
    stream.worker(trace.done(0, 0, event))
  }
  expect(eventsOf(stream)).toEqual([
    [true, 1],
    [true, 2],
    [false, 3],
    [true, 4],
    [true, 5],
  ])
  expect(stream.model.fetches.find(({ unlisted }) => !unlisted)?.settledAt).toBe(at)
})

test('an event that came before its page listed the fetch is of it, where no other fits better', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  stream.worker(trace.done(0))
  stream.page(observed.seen('h1'), 20)
  stream.page(observed.failure('h1', 'fetch-error'), 5)
  stream.page(observed.over('h1'), 5)
  expect(eventsOf(stream)).toEqual([[false, 1]])
  expect(stream.model.rows.filter(({ fetch }) => fetch?.unlisted)).toEqual([])
  expect(
    stream.model.rows.filter(({ traced }) => traced).every(({ fetch }) => fetch?.unlisted === false),
  ).toBe(true)
})

test('an event that a script made itself makes no fetch', () => {
  const stream = traced()
  stream.worker(trace.dispatched({ ...failed, isTrusted: false }))
  expect(stream.model.fetches).toEqual([])
})

test('after an event of another fetch of its id, a fetch that is seen to start still ends the one before it', () => {
  const stream = traced()
  stream.page(observed.seen('h1', {}, { downloadTotal: 7 }))
  stream.worker(trace.dispatched(failed))
  stream.page(observed.seen('h2', {}, { downloadTotal: 7 }))
  expect(stream.states()).toEqual(['episode 1 gone', 'episode 2 settled', 'episode 3 queued'])
})

test('after an event of another fetch of its id, a fetch goes on in the page that is there now', () => {
  const stream = traced()
  stream.page(observed.seen('h1', {}, { downloadTotal: 7 }))
  stream.worker(trace.dispatched(failed))
  stream.page(observed.seen('h2', { already: true }, { downloadTotal: 7, downloaded: 5 }))
  expect(stream.states()).toEqual(['episode 1 active', 'episode 2 settled'])
  expect(stream.model.fetches[0]?.handle).toBe('h2')
})

test('a fetch that was clicked before the one of its id that runs has ended', () => {
  const stream = traced()
  stream.page(observed.seen('h1'), 500)
  const click = { name: 'backgroundfetchclick', attributes: attributesOf() } as const
  stream.worker(trace.dispatched(click), -400)
  expect(stream.states()).toEqual(['episode 1 queued', 'episode 2 gone'])
  stream.worker(trace.dispatched({ ...failed, event: 2 }), 5)
  expect(stream.states()).toEqual(['episode 1 queued', 'episode 2 settled'])
})

test('a click that was of a fetch no page listed goes with its end to the fetch that a page lists', () => {
  const stream = traced()
  const click = { name: 'backgroundfetchclick', attributes: attributesOf() } as const
  stream.worker(trace.dispatched(click))
  stream.worker(trace.dispatched({ ...failed, event: 2 }), 20)
  stream.page(observed.seen('h1'), 20)
  stream.page(observed.failure('h1', 'fetch-error'), 5)
  expect(eventsOf(stream)).toEqual([[false, 1, 2]])
  expect(stream.model.rows.filter(({ fetch }) => fetch?.unlisted)).toEqual([])
})

test('“still running” is taken back also where the event turned out to be of a fetch that a page lists', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  stream.worker({ type: 'still-running', worker: 'w1', event: 1, after: 100 }, 100)
  stream.page(observed.seen('h1'), 5)
  stream.page(observed.failure('h1', 'fetch-error'), 5)
  expect(stream.kinds()).toContain('still-running')
  stream.worker(trace.done(0), -50)
  expect(stream.kinds()).not.toContain('still-running')
})

test('a fetch that a page lists when it is over, and loses without having seen its end, is the one of the event', () => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  stream.worker(trace.done(0))
  stream.page(observed.seen('h1'), 300)
  expect(stream.states()).toEqual(['episode 1 over', 'episode 2 queued'])
  stream.page(observed.gone('h1', 'not-listed'), 200)
  expect(stream.states()).toEqual(['episode 1 over'])
  expect(stream.fetch().attributes).toMatchObject({ result: 'failure', failureReason: 'fetch-error' })
  stream.page(observed.seen('h2'), 5)
  expect(stream.states()).toEqual(['episode 1 over', 'episode 2 queued'])
  expect(stream.model.fetches.map(({ occurrence }) => occurrence)).toEqual([1, 2])
})

test.each([
  ['its totals differ', { downloadTotal: 7 }, 300],
  ['bytes of it came', { downloaded: 5 }, 300],
  ['it was listed long after', {}, 5000],
] as const)('it is another one where %s', (_, attributes, later) => {
  const stream = traced()
  stream.worker(trace.dispatched(failed))
  stream.worker(trace.done(0))
  stream.page(observed.seen('h1', {}, attributes), later)
  stream.page(observed.gone('h1', 'not-listed'), 200)
  expect(stream.states()).toEqual(['episode 1 over', 'episode 2 gone'])
})

test('it is another one where two events fit', () => {
  const stream = tracedTwice()
  stream.page(observed.seen('h1'), 20)
  stream.page(observed.gone('h1', 'not-listed'), 200)
  expect(stream.states()).toEqual(['episode 1 over', 'episode 2 over', 'episode 3 gone'])
})
