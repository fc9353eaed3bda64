import { expect, test, vi } from 'vitest'
import type { FetchAttributes } from '../../protocol/attributes'
import type { Handle } from '../../protocol/handle'
import type { PageBody } from '../../protocol/page-events'
import type { AbortMoment } from '../../protocol/planned-aborts'
import { h, pass, scene, useFakeTime } from './planned-aborts.fixture'

useFakeTime()

test.each<[AbortMoment, Partial<FetchAttributes>, Partial<FetchAttributes>]>([
  [{ kind: 'percent', percent: 50 }, { downloaded: 499 }, { downloaded: 500 }],
  [{ kind: 'bytes', bytes: 700 }, { downloaded: 699 }, { downloaded: 712 }],
  [{ kind: 'first-byte' }, { downloaded: 0 }, { downloaded: 1 }],
])('an abort at $kind comes with the progress that reaches it', async (moment, before, after) => {
  const { see, plan, progress, aborted, fired } = scene()
  see()
  plan(moment)
  progress(before)
  await pass()
  expect(aborted).toEqual([])
  progress(after)
  progress({ downloaded: 900 })
  await pass()
  expect(aborted).toEqual([[h, 'p']])
  expect(fired()).toMatchObject([{ handle: h, command: 'p', moment, cold: null, downloadTotal: 1000 }])
})

test('an abort after responses comes with the response that reaches the number', async () => {
  const { see, plan, response, aborted, fired } = scene()
  see()
  response(1)
  plan({ kind: 'responses', count: 3 })
  response(2)
  await pass()
  expect(aborted).toEqual([])
  response(3)
  await pass()
  expect(aborted).toHaveLength(1)
  expect(fired()).toMatchObject([{ responses: 3 }])
})

test('an abort after a time counts from when it was planned', async () => {
  const { see, plan, aborted, fired } = scene()
  see()
  await pass(400)
  plan({ kind: 'time', ms: 500 })
  await pass(499)
  expect(aborted).toEqual([])
  await pass(5)
  expect(aborted).toHaveLength(1)
  expect(fired()).toMatchObject([{ elapsed: expect.closeTo(500, -1) }])
})

test('nothing is aborted while a body is being sent', async () => {
  const { see, plan, progress, aborted } = scene()
  see('episode', { uploadTotal: 10, uploaded: 2 })
  plan({ kind: 'time', ms: 10 })
  await pass(100)
  progress({ uploaded: 9 })
  await pass()
  expect(aborted).toEqual([])
  progress({ uploaded: 10 })
  await pass()
  expect(aborted).toHaveLength(1)
})

test('a planned abort that is removed, or whose fetch ends, does not happen', async () => {
  const { see, plan, progress, settle, aborts, aborted, removed } = scene()
  see()
  plan({ kind: 'percent', percent: 50 }, { command: 'a' })
  aborts.remove('a')
  progress({ downloaded: 600 })
  plan({ kind: 'time', ms: 1000 }, { command: 'b' })
  settle()
  plan({ kind: 'time', ms: 1000 }, { command: 'c' })
  await pass(5000)
  expect(aborted).toEqual([])
  expect(removed()).toEqual([
    ['a', 'asked'],
    ['b', 'fetch-ended'],
    ['c', 'not-followed'],
  ])
  expect(vi.getTimerCount()).toBe(0)
})

test('a fetch that is aborted before is not aborted twice', async () => {
  const { see, plan, progress, aborts, aborted, removed } = scene()
  see()
  plan({ kind: 'percent', percent: 50 })
  aborts.aborting(h)
  progress({ downloaded: 600 })
  await pass()
  expect(aborted).toEqual([])
  expect(removed()).toEqual([['p', 'aborted']])
})

test('another plan for a fetch replaces the one before, and the same one is taken once', async () => {
  const { see, plan, progress, aborted, removed } = scene()
  see()
  plan({ kind: 'percent', percent: 10 }, { command: 'a' })
  plan({ kind: 'percent', percent: 80 }, { command: 'b' })
  plan({ kind: 'percent', percent: 10 }, { command: 'a' })
  progress({ downloaded: 500 })
  await pass()
  expect(aborted).toEqual([])
  progress({ downloaded: 800 })
  await pass()
  expect(aborted).toEqual([[h, 'b']])
  expect(removed()).toEqual([['a', 'replaced']])
})

test('a share of a fetch without a total can’t be planned', async () => {
  const { see, plan, removed } = scene()
  see('episode', { downloadTotal: 0 })
  plan({ kind: 'percent', percent: 50 })
  expect(removed()).toEqual([['p', 'no-total']])
})

test('an abort for the next fetch of an ID is for one fetch', async () => {
  const { see, planNext, progress, aborts, aborted, reports, changed } = scene()
  planNext('epi*', { kind: 'first-byte' })
  expect(aborts.expectsFetch).toBe(true)
  see('other', {}, 'bridge-1:1' as Handle)
  see('episode', {}, 'bridge-1:2' as Handle)
  expect(aborts.expectsFetch).toBe(false)
  see('epilogue', {}, 'bridge-1:3' as Handle)
  for (const n of [1, 2, 3]) progress({ downloaded: 5 }, `bridge-1:${n}` as Handle)
  await pass()
  expect(aborted).toEqual([['bridge-1:2', 'p']])
  expect(reports[0]).toEqual({ type: 'planned-abort-applied', handle: 'bridge-1:2', command: 'p' })
  expect(changed).toHaveBeenCalled()
})

test('a fetch that ran when the page was looked at first is not the next one', () => {
  const { see, planNext, aborts, reports } = scene()
  aborts.drop()
  planNext('*', { kind: 'time', ms: 0 })
  see('old')
  expect(reports).toEqual([])
  aborts.observe({ type: 'inventory', handles: [h] })
  see('new', {}, 'bridge-1:2' as Handle)
  expect(reports).toMatchObject([{ type: 'planned-abort-applied', handle: 'bridge-1:2' }])
})

test('a fault here loses no report, and drops what was planned', async () => {
  const { see, plan, planNext, aborts, aborted, removed } = scene()
  see()
  plan({ kind: 'time', ms: 100 }, { command: 'a' })
  planNext('*', { kind: 'first-byte' }, 'b')
  const broken = { type: 'fetch-seen', handle: 'bridge-1:9' } as unknown as PageBody
  expect(() => aborts.observe(broken)).not.toThrow()
  await pass(1000)
  expect(aborted).toEqual([])
  expect(removed()).toEqual([
    ['a', 'failed'],
    ['b', 'failed'],
  ])
})

test('a bridge that leaves takes its timers along', () => {
  const { see, plan, aborts, reports } = scene()
  see()
  plan({ kind: 'time', ms: 1000 })
  aborts.stop()
  expect(vi.getTimerCount()).toBe(0)
  expect(reports).toEqual([])
})

test('nothing is aborted before its requests were read', async () => {
  let read = () => {}
  const requestsRead = () => new Promise<void>((resolve) => (read = resolve))
  const { aborted, see, planNext } = scene({ requestsRead })
  planNext('episode', { kind: 'time', ms: 0 })
  see()
  await vi.advanceTimersByTimeAsync(100)
  expect(aborted).toEqual([])
  read()
  await vi.advanceTimersByTimeAsync(1)
  expect(aborted).toEqual([[h, 'p']])
})
