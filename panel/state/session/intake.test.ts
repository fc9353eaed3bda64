import { expect, test } from 'vitest'
import type { SessionEvent } from '../../../protocol/events'
import { observed } from '../../model/streams/events.fixture'
import { createIntake } from './intake'

const eventsAt = (times: readonly number[], source: SessionEvent['source'] = 'worker'): SessionEvent[] =>
  times.map((at, i) => ({
    producer: 'p',
    seq: i + 1,
    at,
    source,
    document: null,
    storageKey: null,
    body: observed.progress('h', i),
  }))

/** An intake whose clock moves a millisecond with each event that is folded. */
function slow(perEvent = 1) {
  let clock = 100_000
  const turns: (() => void)[] = []
  const folded: number[] = []
  const order: number[] = []
  const intake = createIntake({
    fold(events) {
      clock += perEvent * events.length
      for (const { seq } of events) order.push(seq)
    },
    folded: (events) => folded.push(events.length),
    nextTask: (call) => turns.push(call),
    now: () => clock,
  })
  return {
    intake,
    folded,
    order,
    pass(ms: number) {
      clock += ms
    },
    get clock() {
      return clock
    },
    run() {
      while (turns.length > 0) turns.shift()?.()
    },
  }
}

test('a few events are folded at once', async () => {
  const { intake, folded } = slow(0)
  await intake.take(eventsAt([1, 2, 3]))
  expect(folded).toEqual([3])
  expect(intake.waiting).toBe(0)
})

test('many are folded in slices and in order, and who sent them hears when they are', async () => {
  const { intake, folded, order, run } = slow()
  let done = 0
  const first = intake.take(eventsAt(Array.from({ length: 230 }, (_, i) => i))).then(() => done++)
  const second = intake.take(eventsAt([1, 2])).then(() => done++)
  await Promise.resolve()
  expect(folded).toEqual([50])
  expect(done).toBe(0)
  run()
  await Promise.all([first, second])
  expect(Math.max(...folded)).toBeLessThanOrEqual(100)
  expect(order).toEqual([...Array.from({ length: 230 }, (_, i) => i + 1), 1, 2])
  expect(intake.waiting).toBe(0)
})

test('while events come late, no more is known than what they say', async () => {
  const clocked = slow(0)
  const { intake } = clocked
  expect(intake.knownUntil()).toBe(clocked.clock)
  await intake.take(eventsAt([clocked.clock - 8000]))
  expect(intake.knownUntil()).toBe(clocked.clock - 8000)
  // Another source is in time, and says nothing of this one.
  await intake.take(eventsAt([clocked.clock], 'page'))
  expect(intake.knownUntil()).toBe(clocked.clock - 8000)
  clocked.pass(2000)
  expect(intake.knownUntil()).toBe(clocked.clock)
})

test('a clock that is ahead makes nothing known that has not been', async () => {
  const clocked = slow(0)
  await clocked.intake.take(eventsAt([clocked.clock + 1e6]))
  expect(clocked.intake.knownUntil()).toBe(clocked.clock)
})

test('an event that can’t be folded takes no other along, and is not hidden', async () => {
  const order: number[] = []
  const turns: (() => void)[] = []
  const intake = createIntake({
    fold(events) {
      for (const { seq } of events) {
        if (order.includes(seq)) continue
        if (seq === 3) throw new Error('not this one')
        order.push(seq)
      }
    },
    folded() {},
    nextTask: (call) => turns.push(call),
    now: () => 0,
  })
  await intake.take(eventsAt([1, 2, 3, 4, 5]))
  await intake.take(eventsAt([6, 7]).map((event) => ({ ...event, seq: event.seq + 5 })))
  expect(order).toEqual([1, 2, 4, 5, 6, 7])
  expect(turns).toHaveLength(1)
  expect(turns[0]).toThrow('not this one')
})
