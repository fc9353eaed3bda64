import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Bridge } from './bridges'
import { createPageAnswers } from './page-answers'

const ORIGIN = 'https://pod.example'
const LOOKED = { since: 1000, until: 5000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const bridge = (storageKey: string, looked: () => Promise<unknown>) =>
  ({ storageKey, top: true, rpc: { looked } }) as unknown as Bridge

const answersOf = (...bridges: readonly Bridge[]) =>
  createPageAnswers({
    connected: () => bridges,
    reach: async () => undefined,
    find: async () => undefined,
  })

test('the page that leads is asked when it has looked', async () => {
  const other = bridge('https://other.example', async () => null)
  const second = bridge(ORIGIN, async () => null)
  const { looked } = answersOf(
    other,
    bridge(ORIGIN, async () => LOOKED),
    second,
  )
  expect(await looked(ORIGIN)).toEqual(LOOKED)
})

test.each<[string, readonly Bridge[]]>([
  ['there is none', [bridge('https://other.example', async () => LOOKED)]],
  ['it does not look', [bridge(ORIGIN, async () => null)]],
  ['it has gone', [bridge(ORIGIN, () => Promise.reject(new Error('connection-closed')))]],
  ['it is held up', [bridge(ORIGIN, () => new Promise(() => {}))]],
  ['it answers something else', [bridge(ORIGIN, async () => ({ since: 'long ago' }))]],
  [
    'a frame has fetches of its own',
    [bridge(ORIGIN, async () => LOOKED), bridge(`${ORIGIN} in https://top.example`, async () => null)],
  ],
])('where %s, it is not known', async (_, bridges) => {
  const answer = answersOf(...bridges).looked(ORIGIN)
  await vi.advanceTimersByTimeAsync(2000)
  expect(await answer).toBeNull()
})
