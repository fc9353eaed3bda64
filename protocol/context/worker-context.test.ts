import { expect, test } from 'vitest'
import type { Body, BodyOf } from '../events'
import { dispatchedOf, events, over, seen } from '../events.fixture'
import { contextOf, contextWithin } from './context'
import { MAX_ERRORS } from './kept-errors'
import { MAX_STRAY } from './stray-exceptions'

const thrown = { message: 'Error: no', stack: '' }
const run: Body = { type: 'worker-seen', worker: 'w', url: '', scope: '', how: 'started', state: 'activated' }
const own = { worker: 'w', event: 1 }
const log = (level: BodyOf<'console'>['level'], event: number | null = 1): Body => ({
  ...{ type: 'console', worker: 'w', event, level, text: '', location: null },
})
const exception = (byHandler: boolean, event: number | null = 1): Body => ({
  ...{ type: 'exception', worker: 'w', event, byHandler, error: thrown, location: null },
})
const waits: Body = { type: 'wait-until', ...own, n: 1, given: 'promise', location: null }
const returned: Body = { type: 'handler-returned', ...own, ran: 1 }
const done: Body = { type: 'event-done', ...own, promises: 1, rejected: 0 }
const stopped: Body = { type: 'worker-stopped', worker: 'w', how: 'stopped' }
const unread: Body = { type: 'earlier-unread', problem: { reason: 'error', detail: '' } }

const types = (bodies: readonly Body[], recent: readonly Body[] = []) =>
  contextOf(events('a', bodies), events('a', recent, bodies.length + 1)).map(({ body }) => body.type)
const many = (body: Body, count = 10_000) => Array.from({ length: count }, () => body)
const counts = (all: readonly string[]) =>
  Object.fromEntries([...new Set(all)].map((type) => [type, all.filter((one) => one === type).length]))

test('of an event of a fetch that is not over, all stays that its verdict follows from', () => {
  const event = [dispatchedOf(), waits, exception(true), log('error'), returned]
  const rows: Body[] = [log('log'), { type: 'still-running', ...own, after: 30_000 }]
  const all = [seen('h'), run, ...event, ...rows, done]
  expect(types(all)).toEqual([seen('h'), run, ...event, done].map(({ type }) => type))
  expect(types([...all, over('h')])).toEqual(['worker-seen'])
  expect(types([...all, over('h'), stopped])).toEqual([])
})

test('a flood of an event is bounded: as many errors stay as its verdict reads and one more, and no other message', () => {
  const flood = [log('log'), log('error'), exception(false), exception(true)].flatMap((body) => many(body))
  const kept = counts(types([seen('h'), run, dispatchedOf(), ...flood]))
  expect(kept).toMatchObject({ console: MAX_ERRORS + 1, exception: MAX_ERRORS + 1 })
})

test('that errors may be missing stays once, for each event that it is about', () => {
  const missed: Body = { type: 'console-counted', worker: 'w', event: null, count: 1, atLeast: true }
  const all = [seen('h'), run, dispatchedOf(), ...many(missed), dispatchedOf({ event: 2 }), ...many(missed)]
  expect(counts(types(all))['console-counted']).toBe(2)
})

test('errors of no event stay where they may be of the next one that stays', () => {
  const at = (bodies: readonly Body[], from = 1) =>
    events('a', bodies, from).map((event) => ({ ...event, at: 1000 }))
  const of = (...before: Body[]) => {
    const old = at([seen('h'), run, ...before])
    const recent = at([dispatchedOf()], old.length + 1)
    return contextOf(old, recent).map(({ body }) => body.type)
  }
  const error = log('error', null)
  expect(of(error)).toEqual(['fetch-seen', 'worker-seen', 'console'])
  // They were of the event before, or their rows are gone.
  expect(of(error, dispatchedOf({ event: 2, id: 'other' }), { ...done, event: 2 })).not.toContain('console')
  expect(of(error, { type: 'cleared' })).not.toContain('console')
})

test('exceptions of no event stay while the handler of a fetch that stays may have thrown them', () => {
  const stray = exception(false, null)
  const kept = ['fetch-seen', 'worker-seen', 'exception']
  expect(types([seen('h'), run, stray, log('error', null)])).toEqual(kept)
  expect(types([seen('h'), run, stray, stopped])).toEqual([...kept, 'worker-stopped'])
  expect(types([run, stray])).toEqual(['worker-seen'])
  expect(types([seen('h'), run, stray, over('h')])).toEqual(['worker-seen'])
  expect(counts(types([seen('h'), run, ...many(stray)])).exception).toBe(MAX_STRAY)
})

test('an exception of the event of a fetch that goes does not stay as one that may be of another', () => {
  const bodies = [seen('h'), run, exception(false, null), dispatchedOf({ event: 2, id: 'gone' })]
  const ended: Body = { type: 'event-done', worker: 'w', event: 2, promises: 0, rejected: 0 }
  const old = events('a', [...bodies, ended]).map((event) => ({ ...event, at: 1000 }))
  expect(contextOf(old, []).map(({ body }) => body.type)).toEqual(['fetch-seen', 'worker-seen'])
})

test('an event that was not over when its run ended is over', () => {
  expect(types([run, dispatchedOf(), waits])).toEqual(['worker-seen', 'dispatched', 'wait-until'])
  expect(types([run, dispatchedOf(), waits, stopped])).toEqual([])
  expect(types([run, dispatchedOf(), waits, unread])).toEqual([])
  expect(types([seen('h'), run, dispatchedOf(), waits, unread])).toContain('earlier-unread')
})

test('of an ID that was used before a fetch was seen to run, no event stays with all of it', () => {
  const earlier = many(dispatchedOf(), 10).flatMap((body, event): Body[] => [
    { ...body, event } as Body,
    { ...waits, event } as Body,
    { ...done, event } as Body,
  ])
  const old = events('a', [run, ...earlier])
  const [listed] = events('a', [{ ...seen('h'), already: true }], old.length + 1)
  const kept = contextOf([...old, ...(listed ? [{ ...listed, at: listed.at + 10_000 }] : [])], [])
  expect(counts(kept.map(({ body }) => body.type))).toMatchObject({ dispatched: 10, 'event-done': 10 })
  expect(kept.map(({ body }) => body.type)).not.toContain('wait-until')
})

test('pauses stay since the first fetch that stays was seen, and one that goes on', () => {
  const paused: Body = { type: 'worker-paused', worker: 'w', event: null, location: null }
  const resumed: Body = { type: 'worker-resumed', worker: 'w', event: null, after: 1 }
  expect(types([run, paused, resumed, stopped])).toEqual([])
  expect(types([run, paused])).toEqual(['worker-seen', 'worker-paused'])
  expect(types([seen('h'), run, paused, resumed, stopped])).toEqual([
    ...['fetch-seen', 'worker-seen', 'worker-paused', 'worker-resumed', 'worker-stopped'],
  ])
  expect(types([seen('h'), run, ...many(paused)]).length).toBeLessThan(500)
})

test('of changes of the storage, the first after the end stays of each place', () => {
  const changed = (store: string): Body => ({
    ...{
      type: 'storage-changed',
      kind: 'indexeddb-content',
      origin: 'https://pod.example',
      name: 'db',
      store,
    },
  })
  const settled = { type: 'settled', handle: 'h', attributes: dispatchedOf().attributes } as Body
  const all = [seen('h'), changed('a'), settled, ...many(changed('a')), changed('b'), changed('a')]
  expect(types(all)).toEqual(['fetch-seen', 'settled', 'storage-changed', 'storage-changed'])
  expect(types([...all, over('h')])).toEqual([])
  // What changes after its listeners have returned, and not before, is work that its event should have waited for.
  const event = [run, seen('h'), settled, dispatchedOf(), changed('a'), returned, changed('a'), changed('a')]
  expect(types(event).filter((type) => type === 'storage-changed')).toHaveLength(2)
})

test('where there is too much, the oldest goes of what there may be thousands of', () => {
  const response = { type: 'response-ready', handle: 'h', ready: 1, total: 9 } as Body
  const old = events('a', [run, seen('h'), ...many(response, 100)])
  const kept = contextWithin(old, [], 50).map(({ body, seq }) => [body.type, seq])
  expect(kept).toHaveLength(50)
  expect(kept.slice(0, 3)).toEqual([
    ['worker-seen', 1],
    ['fetch-seen', 2],
    ['response-ready', 55],
  ])
  expect(contextWithin(old, [], 2)).toHaveLength(2)
})
