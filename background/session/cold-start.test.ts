import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Body, SessionEvent } from '../../protocol/events'
import { createColdStarts } from './cold-start'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const KEY = 'https://pod.example'
const SCOPE = `${KEY}/`

const seen = (worker: string, scope = SCOPE): Body => ({
  type: 'worker-seen',
  worker,
  url: `${KEY}/sw.js`,
  scope,
  state: 'activated',
  how: 'running',
})
const tracer = (state: 'on' | 'off'): Body => ({ type: 'tracer', state, reason: '', detail: '' })

function scene(bodies: readonly Body[]) {
  const events: SessionEvent[] = []
  const add = (body: Body) => {
    events.push({
      producer: 'b',
      seq: events.length + 1,
      at: 1000 + events.length,
      source: 'worker',
      document: null,
      storageKey: null,
      body,
    })
    cold.recorded()
  }
  const stopRun = vi.fn(async (_: string) => {})
  const cold = createColdStarts(async () => ({ events }), stopRun)
  for (const body of bodies) add(body)
  return { cold, add, stopRun, events }
}

test('the workers of the scope that run are stopped, and waited for until that is on record', async () => {
  const { cold, add, stopRun } = scene([
    tracer('on'),
    seen('gone'),
    { type: 'worker-stopped', worker: 'gone', how: 'stopped' },
    seen('other', `${SCOPE}library/`),
    seen('one'),
  ])
  const answer = vi.fn()
  void cold.stop(KEY, SCOPE).then(answer)
  await vi.advanceTimersByTimeAsync(10)
  expect(stopRun.mock.calls).toEqual([['one']])
  expect(answer).not.toHaveBeenCalled()
  add({ type: 'worker-stopped', worker: 'one', how: 'asked' })
  await vi.advanceTimersByTimeAsync(0)
  expect(answer).toHaveBeenCalledWith('stopped')
})

test('where none runs, none is stopped', async () => {
  const { cold, stopRun } = scene([tracer('on')])
  expect(await cold.stop(KEY, SCOPE)).toBe('not-running')
  expect(stopRun).not.toHaveBeenCalled()
})

test('without the tracer, and for a scope of another origin, nothing is stopped', async () => {
  const off = scene([tracer('on'), seen('one'), tracer('off')])
  expect(await off.cold.stop(KEY, SCOPE)).toBe('not-stopped')
  expect(off.stopRun).not.toHaveBeenCalled()
  const other = scene([tracer('on'), seen('one', 'https://other.example/')])
  for (const scope of ['https://other.example/', 'no URL', '']) {
    expect(await other.cold.stop(KEY, scope)).toBe('not-stopped')
  }
  expect(other.stopRun).not.toHaveBeenCalled()
})

test('a worker that does not stop, or can’t be stopped, is said not to be', async () => {
  const { cold, stopRun } = scene([tracer('on'), seen('one')])
  const late = cold.stop(KEY, SCOPE)
  await vi.advanceTimersByTimeAsync(5000)
  expect(await late).toBe('not-stopped')
  stopRun.mockRejectedValue(new Error('not traced'))
  expect(await cold.stop(KEY, SCOPE)).toBe('not-stopped')
})
