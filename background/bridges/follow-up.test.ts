import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SessionEvent } from '../../protocol/events'
import { dispatchedOf, events, seen } from '../../protocol/events.fixture'
import type { Bridge } from './bridges'
import { createFollowUp } from './follow-up'

const KEY = 'https://pod.example'
const worker = { worker: 'w', event: 1 }
const started = [
  {
    type: 'worker-seen',
    worker: 'w',
    url: `${KEY}/sw.js`,
    scope: `${KEY}/`,
    state: 'activated',
    how: 'running',
  },
  seen('a'),
] as const
const dispatched = dispatchedOf(worker)
const done = { type: 'event-done', ...worker, promises: 1, rejected: 0 } as const

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A page that came back while a fetch of its origin was away, and what it is asked to read. */
function returned(known: readonly SessionEvent['body'][]) {
  let bodies = [...known]
  const asked: string[] = []
  const snapshotFor = async ({ handle }: { handle: string }, when: string) =>
    void asked.push(`${handle} ${when}`)
  const bridge = { storageKey: KEY, rpc: { snapshotFor: { asEvent: snapshotFor } } } as unknown as Bridge
  const followUp = createFollowUp(
    () => events('b', bodies),
    () => false,
  )
  followUp.led(bridge)
  return {
    asked,
    followUp,
    report: (...more: SessionEvent['body'][]) => {
      bodies = [...bodies, ...more]
    },
  }
}

const TWICE = ['a event-ended', 'a final']

test('a page that came back reads the storage for a fetch that its worker saw end meanwhile', async () => {
  const { asked } = returned([...started, dispatched, done])
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toEqual(TWICE)
})

test.each([
  ['went on', [dispatched]],
  ['had not begun', []],
])('once for all where the event %s when it came back', async (_, known) => {
  const { asked, report, followUp } = returned([...started, ...known])
  await vi.advanceTimersByTimeAsync(3000)
  expect(asked).toEqual([])
  report(...(known.length > 0 ? [] : [dispatched]), done)
  followUp.ended(worker)
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toEqual(TWICE)
})
