import { expect, test } from 'vitest'
import type { Body } from '../../protocol/events'
import { attributes, dispatchedOf, events, seen } from '../../protocol/events.fixture'
import type { Handle } from '../../protocol/handle'
import { unlistedFetch } from './unlisted'

const KEY = 'https://pod.example'
const ended = (of: string): Body => ({ type: 'settled', handle: of as Handle, attributes })
const worker: Body = {
  type: 'worker-seen',
  worker: 'w',
  url: `${KEY}/sw.js`,
  scope: `${KEY}/`,
  state: 'activated',
  how: 'started',
}
const dispatched = (event: number, isTrusted = true): Body =>
  dispatchedOf({ event, isTrusted, name: 'backgroundfetchfail' })
const requests: Body = {
  type: 'event-requests',
  worker: 'w',
  event: 1,
  total: 1,
  requests: [{ method: 'GET', url: `${KEY}/a`, headers: [], contentType: '' }],
}
const of = (...bodies: Body[]) => unlistedFetch(events('b', bodies), { worker: 'w', event: 1 })

test('the fetch of an event that no page has listed, with what is known of its requests', () => {
  expect(of(worker, dispatched(1), requests)).toEqual({
    storageKey: KEY,
    fetch: { handle: 'unlisted:w:1', unlisted: true, id: 'episode', scope: `${KEY}/`, urls: [`${KEY}/a`] },
  })
})

test('not one that a page has listed', () => {
  expect(of(worker, seen('a'), dispatched(1))).toBeNull()
  expect(of(worker, seen('a'), ended('a'), dispatched(1))).toBeNull()
})

test('one that a page has listed and lost without its end', () => {
  const gone: Body = { type: 'fetch-gone', handle: 'a' as Handle, reason: 'not-listed' }
  const others: Body = { type: 'inventory', handles: [] }
  for (const lost of [gone, others]) {
    expect(of(worker, dispatched(1), seen('a'), lost)).not.toBeNull()
    expect(of(worker, seen('a'), dispatched(1), ended('a'), lost)).toBeNull()
  }
})

test('one of an ID of which a page has listed fewer fetches than there were events', () => {
  expect(of(worker, dispatched(2), seen('a'), dispatched(1))).not.toBeNull()
})

test('nothing of an event that a script has made, or of a worker that is not known', () => {
  expect(of(worker, dispatched(1, false))).toBeNull()
  expect(of(dispatched(1))).toBeNull()
})
