import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BEAT, UNANSWERED, watchHeartbeat } from './heartbeat'

beforeEach(() => {
  vi.useFakeTimers({ now: 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

function start() {
  let answer: () => Promise<unknown> | undefined = () => Promise.resolve()
  const changed = vi.fn()
  const heartbeat = watchHeartbeat({ ping: () => answer(), now: () => Date.now(), changed })
  return {
    heartbeat,
    changed,
    become(next: typeof answer) {
      answer = next
    },
  }
}

const never = () => new Promise(() => {})

test('a background that answers is not silent', async () => {
  const { heartbeat, changed } = start()
  await vi.advanceTimersByTimeAsync(20 * BEAT)
  expect(heartbeat.silentSince).toBe(null)
  expect(changed).not.toHaveBeenCalled()
})

test.each([
  ['leaves questions open', never],
  ['closes its connections', () => Promise.reject(new Error('closed'))],
  ['can’t be connected to', () => undefined],
])('a background that %s is silent since its last answer, until it answers again', async (_, ping) => {
  const { heartbeat, changed, become } = start()
  await vi.advanceTimersByTimeAsync(2 * BEAT)
  const last = Date.now()
  become(ping)
  await vi.advanceTimersByTimeAsync(UNANSWERED * BEAT)
  expect(heartbeat.silentSince).toBe(null)
  await vi.advanceTimersByTimeAsync(BEAT)
  expect(heartbeat.silentSince).toBe(last)
  await vi.advanceTimersByTimeAsync(10 * BEAT)
  expect(changed).toHaveBeenCalledTimes(1)
  become(() => Promise.resolve())
  await vi.advanceTimersByTimeAsync(BEAT)
  expect(heartbeat.silentSince).toBe(null)
  expect(changed).toHaveBeenCalledTimes(2)
})

test('an answer that comes late, as in a flood of events, is an answer', async () => {
  const { heartbeat, become } = start()
  become(() => new Promise((resolve) => setTimeout(resolve, (UNANSWERED - 1) * BEAT)))
  await vi.advanceTimersByTimeAsync(10 * BEAT)
  expect(heartbeat.silentSince).toBe(null)
})

test('a machine that was asleep has not asked', async () => {
  const { heartbeat, become } = start()
  become(never)
  await vi.advanceTimersByTimeAsync(BEAT)
  vi.setSystemTime(Date.now() + 3_600_000)
  become(() => Promise.resolve())
  await vi.advanceTimersByTimeAsync(BEAT)
  expect(heartbeat.silentSince).toBe(null)
})
