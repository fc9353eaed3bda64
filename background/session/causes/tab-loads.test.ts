import { expect, test, vi } from 'vitest'
import { events, seen } from '../../../protocol/events.fixture'
import type { Handle } from '../../../protocol/handle'
import { createHeldStarts } from './tab-loads'

const settled = () => new Promise((resolve) => setTimeout(resolve))

function heldStarts(...loading: number[]) {
  const named = (ids: readonly number[]) =>
    ids.map((id) => ({ id, origin: id < 9 ? '' : `https://tab-${id}.example` }))
  let tabs = named(loading)
  const listeners = new Set<() => void>()
  const note = vi.fn()
  const held = createHeldStarts(
    1,
    {
      loading: async () => tabs,
      onLoaded(changed) {
        listeners.add(changed)
        return () => void listeners.delete(changed)
      },
    },
    note,
  )
  return {
    held,
    listeners,
    noted: () => note.mock.calls.map(([body]) => body),
    async loadedExcept(...left: number[]) {
      tabs = named(left)
      for (const changed of [...listeners]) changed()
      await settled()
    },
    async begin(handle = 'h', already = false) {
      held.recorded(events('bridge', [{ ...seen(handle), already }]))
      await settled()
    },
  }
}

test('a fetch that begins while tabs are loading is noted, and when none is any more', async () => {
  const { begin, loadedExcept, noted, listeners } = heldStarts(1, 2)
  await begin()
  expect(noted()).toEqual([{ type: 'tabs-loading', handle: 'h', tabs: 2, own: true }])
  await loadedExcept(2)
  expect(noted()).toHaveLength(1)
  await loadedExcept()
  expect(noted()[1]).toEqual({ type: 'tabs-loaded', handle: 'h' })
  expect(listeners.size).toBe(0)
  await begin('later')
  expect(noted()).toHaveLength(2)
})

test('a load of another tab is distinguished from one of the inspected tab', async () => {
  const { begin, noted } = heldStarts(7)
  await begin()
  expect(noted()).toMatchObject([{ tabs: 1, own: false }])
})

test('another tab is named by its origin where that is known, and the inspected one is not', async () => {
  for (const [loading, other] of [
    [[7, 9, 10], 'https://tab-9.example'],
    [[1, 7], undefined],
  ] as const) {
    const { begin, noted } = heldStarts(...loading)
    await begin()
    expect(noted()[0].other).toBe(other)
  }
})

test('nothing is noted of a fetch that ran before, nor where no tab is loading', async () => {
  const found = heldStarts(2)
  await found.begin('h', true)
  expect(found.noted()).toEqual([])
  const quiet = heldStarts()
  await quiet.begin()
  expect(quiet.noted()).toEqual([])
  expect(quiet.listeners.size).toBe(0)
})

test('a fetch that has ended meanwhile is not noted once more, and nothing is listened to then', async () => {
  const { held, begin, loadedExcept, noted, listeners } = heldStarts(2)
  await begin()
  held.recorded(events('bridge', [{ type: 'fetch-gone', handle: 'h' as Handle, reason: 'not-listed' }], 2))
  expect(listeners.size).toBe(0)
  await loadedExcept()
  expect(noted()).toHaveLength(1)
})

test('a background that was started again goes on with what the one before has noted', async () => {
  const { held, loadedExcept, noted } = heldStarts(2)
  const loading = { type: 'tabs-loading', tabs: 1, own: false } as const
  held.restore(
    events('background', [
      { ...loading, handle: 'a' as Handle },
      { type: 'tabs-loaded', handle: 'a' as Handle },
      { ...loading, handle: 'b' as Handle },
    ]),
  )
  await loadedExcept()
  expect(noted()).toEqual([{ type: 'tabs-loaded', handle: 'b' }])
})
