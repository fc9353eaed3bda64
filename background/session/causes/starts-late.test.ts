import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { dispatchedOf } from '../../../protocol/events.fixture'
import { called, event, seen, starts } from './starts.fixture'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test.each([
  ['its worker’s event', event(1010, dispatchedOf({ id: 'a' }))],
  ['its page', seen(1010, 'a')],
])('a call that is reported after the fetch, which %s has reported, is not refused', async (_, begun) => {
  const { recorded, refused } = starts()
  recorded([begun, called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test('a fetch that is known to be of one call is of no later one', async () => {
  const { recorded, refused } = starts()
  recorded([event(1010, dispatchedOf({ id: 'a' })), called(1000, 'a'), called(1005, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ calledAt: 1005 }])
})

test('the end of a fetch that ran already is no beginning', async () => {
  const { recorded, refused } = starts()
  recorded([seen(500, 'a'), event(1010, dispatchedOf({ id: 'a' })), called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ calledAt: 1000 }])
})

test('one that began long before a call is not of it', async () => {
  const { recorded, refused } = starts()
  recorded([event(900, dispatchedOf({ id: 'a' })), called(1000, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ calledAt: 1000 }])
})
