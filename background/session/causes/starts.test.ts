import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Looked } from '../../../protocol/commands'
import type { SessionEvent } from '../../../protocol/events'
import { dispatchedOf } from '../../../protocol/events.fixture'
import type { Handle } from '../../../protocol/handle'
import { called, event, LOOKED, lastHandle, ORIGIN, seen, starts, thrown } from './starts.fixture'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a call whose fetch is seen is not refused', async () => {
  const { recorded, refused } = starts()
  recorded([called(1000, 'a'), seen(1030, 'a'), called(2000, 'b', 'abort')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test('a call whose fetch only its worker has seen is not refused', async () => {
  const { recorded, refused } = starts()
  const dispatched = dispatchedOf({ id: 'a' })
  recorded([called(1000, 'a'), event(1030, dispatched)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test('an event that a script has made is no fetch', async () => {
  const { recorded, refused } = starts()
  recorded([called(1000, 'a'), event(1030, dispatchedOf({ id: 'a', isTrusted: false }))])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toHaveLength(1)
})

test('each call needs a fetch of its own, which was not there before', async () => {
  const { recorded, refused } = starts()
  recorded([seen(500, 'a'), called(1000, 'a'), called(1001, 'a'), seen(1030, 'a'), seen(1040, 'a', true)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ type: 'fetch-not-seen', id: 'a', calledAt: 1001, error: '' }])
})

test('what another function of the manager throws is no cause', async () => {
  const { recorded, refused } = starts({
    errors: [
      thrown("TypeError: Failed to execute 'get' on 'BackgroundFetchManager': The provided id is invalid."),
    ],
  })
  recorded([called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ error: '' }])
})

test('what the page did not catch is the cause, where it is the only one', async () => {
  const refusal = thrown('TypeError: There already is a registration for the given id.')
  const one = starts({ errors: [thrown('ReferenceError: x is not defined'), refusal] })
  one.recorded([called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(one.refused).toMatchObject([{ error: refusal.error.message }])
  const two = starts({ errors: [refusal, refusal] })
  two.recorded([called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(two.refused).toMatchObject([{ error: '' }])
})

test('what the page throws for reasons of its own is no cause', async () => {
  const one = starts({
    errors: [thrown('TypeError: Failed to fetch'), thrown('Error: the request has no registration')],
  })
  one.recorded([called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(one.refused).toMatchObject([{ error: '' }])
})

test('where two calls were made at a time, no cause is given to either', async () => {
  const two = starts({ errors: [thrown('TypeError: There already is a registration for the given id.')] })
  two.recorded([called(1000, 'a'), called(1100, 'b')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(two.refused).toMatchObject([{ error: '' }, { error: '' }])
})

test('calls whose fetches were seen leave the cause to the one that has none', async () => {
  const refusal = thrown('TypeError: There are too many active fetches for this origin.')
  const { recorded, refused } = starts({ errors: [refusal] })
  for (const id of ['a', 'b', 'c', 'd', 'e']) recorded([called(1000, id), seen(1030, id)])
  recorded([called(1100, 'f')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ id: 'f', error: refusal.error.message }])
})

test('of a page that calls in a loop, a bounded number is waited for', async () => {
  const loop = starts()
  loop.recorded(Array.from({ length: 1000 }, (_, i) => called(1000 + i, `${i}`)))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(loop.refused).toHaveLength(20)
})

test('the permission is asked for when no fetch has come, and only of a call in the tab’s own document', async () => {
  const prompt = starts({ permission: 'prompt' })
  const call = (framed?: boolean) =>
    event(1000, {
      type: 'page-call',
      method: 'fetch',
      id: 'a',
      origin: ORIGIN,
      location: null,
      callers: [],
      ...(framed === undefined ? {} : { framed }),
    })
  prompt.recorded([call(false), call(true), call()])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(prompt.refused.map(({ permission }) => permission).sort()).toEqual(['prompt', 'unknown', 'unknown'])
})

test('a fetch that a page lists at its first look, after the call, may be of it', async () => {
  const { recorded, refused } = starts()
  recorded([called(1000, 'a'), seen(1030, 'a', true)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test('one that was known to be active before is not, whichever page lists it', async () => {
  const { recorded, refused } = starts()
  recorded([seen(500, 'a'), called(1000, 'a'), seen(1030, 'a', true)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ id: 'a', calledAt: 1000 }])
})

test.each<[string, (handle: Handle) => SessionEvent['body']]>([
  ['ended', (handle) => ({ type: 'fetch-gone', handle, reason: 'not-listed' })],
  ['was left by its page', () => ({ type: 'frame-gone', unwatched: false })],
  ['is not listed by the next page', () => ({ type: 'inventory', handles: [] })],
  ['was not watched any more', () => ({ type: 'watch-stopped' })],
])('the ID of one that %s may be in use again', async (_, body) => {
  const { recorded, refused } = starts()
  const before = seen(500, 'a')
  const left = event(600, body(lastHandle()))
  recorded([before, left, called(1000, 'a'), seen(1030, 'a', true)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test.each<[string, Looked | null]>([
  ['nobody looked, as no panel is in front', null],
  ['a page began to look only about then', { since: 1000, until: 4000 }],
  ['the page was held up since', { since: 0, until: 1500 }],
])('where %s, nothing is said of a call', async (_, looked) => {
  const { recorded, refused } = starts({ looked: async () => looked })
  recorded([called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test('that the browser has refused a call is said whether anybody looked or not', async () => {
  const refusal = thrown('TypeError: There already is a registration for the given id.')
  const { recorded, refused } = starts({ looked: async () => null, errors: [refusal] })
  recorded([called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ id: 'a', error: refusal.error.message }])
})

test('a fetch that is reported before the page answers is of the call', async () => {
  const { recorded, refused } = starts({
    looked: async () => {
      recorded([seen(3990, 'a')])
      return LOOKED
    },
  })
  recorded([called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test('an exception that others may have thrown is no more than possible', async () => {
  const full = 'QuotaExceededError: Quota exceeded.'
  for (const [messages, possibleError] of [
    [[full], full],
    [[full, full], undefined],
    [['QuotaExceededError: Setting the value exceeded the quota.'], undefined],
  ] as const) {
    const { recorded, refused } = starts({ errors: messages.map(thrown) })
    recorded([called(1000, 'a')])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(refused).toEqual([expect.objectContaining({ error: '' })])
    expect(refused[0]?.possibleError).toBe(possibleError)
  }
})
