import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Began } from '../../../protocol/page-events'
import { createListings } from './listings'
import { SCOPE, watchFrame } from './watch.fixture'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const NEXT = 300

test('two fetches that one look finds began in one interval, and one that the next finds began after both', async () => {
  const { platform, look, of } = watchFrame()
  await look()
  platform.start(SCOPE, '10')
  platform.start(SCOPE, '9')
  await vi.advanceTimersByTimeAsync(NEXT)
  platform.start(SCOPE, '8')
  await vi.advanceTimersByTimeAsync(NEXT)
  const [one, other, third] = of('fetch-seen').map(({ began }) => began ?? expect.unreachable())
  expect(one).toEqual(other)
  expect(one?.before).toBeGreaterThan(one?.after ?? 0)
  expect(third?.after).toBeGreaterThanOrEqual(one?.before ?? Number.POSITIVE_INFINITY)
})

test('of a fetch that the first look finds no listing is known that did not have it', async () => {
  const { platform, look, of, stepDown } = watchFrame()
  platform.start(SCOPE, 'first')
  await look()
  await stepDown()
  platform.start(SCOPE, 'meanwhile')
  await look()
  expect(of('fetch-seen').map(({ id, began }) => [id, began?.after])).toEqual([
    ['first', 0],
    ['first', 0],
    ['meanwhile', 0],
  ])
})

const listed = async (listings: ReturnType<typeof createListings>, scope: string, ...ids: string[]) =>
  (await listings.list(scope, async () => ids)).began

const isKnownBefore = (one: Began, other: Began) => one.before <= other.after

test('the first fetch of a scope that was listed later in one look may have begun after one that the next look finds', async () => {
  const listings = createListings()
  await listed(listings, 'a')
  await listed(listings, 'b')
  await listed(listings, 'a')
  const early = (await listed(listings, 'b', 'early'))('early')
  const next = (await listed(listings, 'a', 'next'))('next')
  expect([isKnownBefore(early, next), isKnownBefore(next, early)]).toEqual([false, false])
  await listed(listings, 'b', 'early')
  const last = (await listed(listings, 'a', 'next', 'last'))('last')
  expect([isKnownBefore(early, last), isKnownBefore(next, last)]).toEqual([true, true])
})

test('a fetch that the script itself has started may be before or after what the next listing finds', async () => {
  const listings = createListings()
  const before = (await listed(listings, 'a', 'before'))('before')
  const own = listings.beganNow('a', 'own')
  const next = (await listed(listings, 'a', 'before', 'next', 'own'))('next')
  expect([isKnownBefore(before, own), isKnownBefore(own, next), isKnownBefore(next, own)]).toEqual([
    true,
    false,
    false,
  ])
})

test('an id that was listed before as well says nothing of when its fetch began', async () => {
  const listings = createListings()
  await listed(listings, 'a', 'again')
  expect((await listed(listings, 'a', 'again'))('again').after).toBe(0)
})
