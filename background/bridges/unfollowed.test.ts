import { expect, test } from 'vitest'
import type { Body } from '../../protocol/events'
import { attributes, dispatchedOf, events, over, seen } from '../../protocol/events.fixture'
import type { Handle } from '../../protocol/handle'
import { unfollowed } from './unfollowed'

const KEY = 'https://pod.example'
const settled = (handle: string): Body => ({ type: 'settled', handle: handle as Handle, attributes })
const final = (handle: string): Body => ({
  type: 'storage-snapshot',
  handle: handle as Handle,
  when: 'final',
  baseline: 'none',
  baselineAt: null,
  items: [],
  removed: [],
  counts: [],
  usage: null,
  usageBefore: null,
  gaps: [],
  took: 1,
})
const worker = { worker: 'w', event: 1 }
const dispatched = dispatchedOf(worker)
const runOf = (worker: string, scope: string): Body => ({
  type: 'worker-seen',
  worker,
  url: `${scope}sw.js`,
  scope,
  state: 'activated',
  how: 'running',
})
const run = runOf('w', `${KEY}/`)
const done: Body = { type: 'event-done', ...worker, promises: 1, rejected: 0 }

const found = (bodies: readonly Body[], followed = false) =>
  unfollowed(events('b', bodies), KEY, () => followed).map(({ handle, ended }) => ({ handle, ended }))

test('a fetch whose document went in the middle of its event', () => {
  expect(found([seen('a'), settled('a')])).toEqual([{ handle: 'a', ended: false }])
})

test('its event has ended when the page, or the traced worker, has said so', () => {
  expect(found([seen('a'), settled('a'), over('a')])).toEqual([{ handle: 'a', ended: true }])
  expect(found([seen('a'), settled('a'), run, dispatched, done])).toEqual([{ handle: 'a', ended: true }])
  const made = { ...dispatched, isTrusted: false }
  expect(found([seen('a'), settled('a'), run, made, done])).toEqual([{ handle: 'a', ended: false }])
})

test('not one that runs, is followed, was compared for the last time, or whose id is in use again', () => {
  expect(found([seen('a')])).toEqual([])
  expect(found([seen('a'), settled('a')], true)).toEqual([])
  expect(found([seen('a'), settled('a'), over('a'), final('a')])).toEqual([])
  expect(found([seen('a'), settled('a'), seen('b')])).toEqual([])
})

test('nor by the event of another scope or origin that has a fetch of the same ID', () => {
  for (const scope of [`${KEY}/other/`, 'https://other.example/'])
    expect(found([seen('a'), settled('a'), runOf('w', scope), dispatched, done])).toEqual([
      { handle: 'a', ended: false },
    ])
})

test('nor one of another origin', () => {
  expect(unfollowed(events('b', [seen('a'), settled('a')]), 'https://other.example', () => false)).toEqual([])
})

const progress = (handle: string): Body => ({ type: 'progress', handle: handle as Handle, attributes })
const requested = (url: string): Body => ({
  type: 'event-requests',
  ...worker,
  total: 1,
  requests: [{ method: 'GET', url, headers: [], contentType: '' }],
})

test('one that its traced worker saw end while no page was there', () => {
  expect(found([run, seen('a'), dispatched])).toEqual([{ handle: 'a', ended: false }])
  expect(found([run, seen('a'), dispatched, done])).toEqual([{ handle: 'a', ended: true }])
  expect(found([run, seen('a'), dispatched, done], true)).toEqual([])
  expect(found([run, seen('a'), dispatched, done, final('a')])).toEqual([])
  const made = { ...dispatched, isTrusted: false }
  expect(found([run, seen('a'), made, done])).toEqual([])
  expect(found([runOf('w', `${KEY}/other/`), seen('a'), dispatched, done])).toEqual([])
})

test('its requests are those that its worker names', () => {
  const url = `${KEY}/1.mp3`
  const all = events('b', [run, seen('a'), dispatched, requested(url), done])
  expect(unfollowed(all, KEY, () => false)).toMatchObject([{ urls: [url] }])
})

test('not one that was seen to go on after the event, which is that of the fetch before it', () => {
  const reported = (after: number) => {
    const all = events('b', [run, seen('a'), dispatched, done, progress('a')])
    return unfollowed(
      all.map((event) => (event.body.type === 'progress' ? { ...event, at: event.at + after } : event)),
      KEY,
      () => false,
    )
  }
  expect(reported(1000)).toEqual([])
  // What a page has read before the end may be reported after it.
  expect(reported(0)).toHaveLength(1)
  expect(found([run, dispatched, seen('a'), done])).toEqual([])
})
