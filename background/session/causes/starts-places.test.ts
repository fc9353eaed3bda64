import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SessionEvent } from '../../../protocol/events'
import { called, event, placeAt, seen, starts, thrown } from './starts.fixture'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A call in a function that is called at a line. */
const calledBy = (at: number, line: number) => {
  const { body } = called(at, 'a')
  return event(at, { ...body, callers: [placeAt(line)] } as SessionEvent['body'])
}

test('of two calls at different places, it is not known for which one no fetch was seen', async () => {
  for (const [line, some] of [
    [1, { location: placeAt(1), ambiguous: undefined }],
    [2, { location: null, ambiguous: true }],
  ] as const) {
    const { recorded, refused } = starts()
    recorded([called(1000, 'a'), called(1010, 'a', 'fetch', line), seen(1040, 'a')])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(refused).toEqual([expect.objectContaining({ id: 'a', location: some.location })])
    expect(refused[0]?.ambiguous).toBe(some.ambiguous)
  }
})

test.each([
  ['before', [calledBy(1000, 2), calledBy(1010, 3), seen(1040, 'a')]],
  ['after', [calledBy(1000, 2), seen(1040, 'a'), calledBy(1010, 3)]],
])(
  'of two calls at one place with other callers, reported %s the fetch, the place is known',
  async (_, events) => {
    const { recorded, refused } = starts()
    recorded(events)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(refused).toMatchObject([{ location: placeAt(1) }])
    expect(refused[0]?.ambiguous).toBeUndefined()
  },
)

test('calls whose places are not known may have been made at different ones', async () => {
  const { recorded, refused } = starts()
  const call = { ...called(1000, 'a').body, location: null } as SessionEvent['body']
  recorded([event(1000, call), event(1010, call), seen(1040, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ location: null, ambiguous: true }])
})

test('a fetch that another tab had before leaves the place of a call', async () => {
  const { recorded, refused } = starts()
  recorded([called(1000, 'a'), called(1600, 'a', 'fetch', 2), seen(1620, 'a', true)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ calledAt: 1600, location: placeAt(2) }])
  expect(refused[0]?.ambiguous).toBeUndefined()
})

test('it does not count as started by a call: what the page threw may be of that one', async () => {
  const refusal = thrown('TypeError: There already is a registration for the given id.')
  const { recorded, refused } = starts({ errors: [refusal] })
  recorded([called(1000, 'a'), seen(1020, 'a', true), called(1600, 'b')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ id: 'b', error: '' }])
})

test('nor does it hide that the browser has refused a call', async () => {
  const refusal = thrown('TypeError: There already is a registration for the given id.')
  const { recorded, refused } = starts({ errors: [refusal] })
  recorded([called(1000, 'a'), seen(1020, 'a', true)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ id: 'a', location: placeAt(1), error: refusal.error.message }])
})

const beside = (others: object) => (at: number, id: string) => {
  const { body } = called(at, id)
  return event(at, { ...body, ...others } as SessionEvent['body'])
}
/** A call while another tab has a document of the origin. */
const besideTab = beside({ otherTab: true })
/** A call while a worker of the origin runs that is not traced. */
const besideWorker = beside({ untracedUntil: 1000 })

test.each([
  ['another tab', 'before', [besideTab(1000, 'a'), seen(1030, 'a')]],
  ['another tab', 'after', [seen(1030, 'a'), besideTab(1000, 'a')]],
  ['a worker', 'before', [besideWorker(1000, 'a'), seen(1030, 'a')]],
  ['a worker', 'after', [seen(1030, 'a'), besideWorker(1000, 'a')]],
])('a fetch of %s does not hide that a call was refused that is reported %s it', async (_, __, events) => {
  const refusal = thrown('TypeError: There already is a registration for the given id.')
  const { recorded, refused } = starts({ errors: [refusal] })
  recorded(events)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ id: 'a', location: placeAt(1), error: refusal.error.message }])
})

test('nothing is said of a call beside another tab whose fetch is seen, where the page threw nothing', async () => {
  const { recorded, refused } = starts()
  recorded([besideTab(1000, 'a'), seen(1030, 'a')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual([])
})

test('what the page threw may be of a call beside another tab, and so is given to no other one', async () => {
  const refusal = thrown('TypeError: There already is a registration for the given id.')
  const { recorded, refused } = starts({ errors: [refusal] })
  recorded([besideTab(1000, 'a'), seen(1030, 'a'), called(1100, 'b')])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ id: 'b', error: '' }])
})

test('of two calls of which one is reported after the fetch, it is not known which one no fetch came of', async () => {
  const { recorded, refused } = starts()
  recorded([called(1000, 'a'), seen(1040, 'a'), called(1010, 'a', 'fetch', 2)])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toMatchObject([{ calledAt: 1010, location: null, ambiguous: true }])
})
