import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FakePort, portPair } from './port.fixture'
import { reconnecting } from './reconnect'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An extension whose service worker the test stops, and that it removes. */
function extension() {
  const workers: FakePort[] = []
  const opened: FakePort[] = []
  const state = { removed: false, gone: 0, attempts: 0 }
  const connection = reconnecting(
    () => {
      state.attempts++
      if (state.removed) throw new Error('Extension context invalidated.')
      const [page, worker] = portPair()
      workers.push(worker)
      return page
    },
    (port) => opened.push(port),
    () => state.gone++,
  )
  return { opened, state, connection, stopWorker: () => workers.at(-1)?.disconnect() }
}

test('it connects at once', () => {
  expect(extension().opened).toHaveLength(1)
})

test('it connects again when the worker stops', async () => {
  const { opened, stopWorker } = extension()
  await vi.advanceTimersByTimeAsync(30_000)
  stopWorker()
  await vi.advanceTimersByTimeAsync(100)
  expect(opened).toHaveLength(2)
  expect(opened[1]?.connected).toBe(true)
})

test('a worker that dies at each start is started less and less often, but not given up', async () => {
  const { state, stopWorker } = extension()
  const waits: number[] = []
  for (let i = 0; i < 12; i++) {
    const before = state.attempts
    stopWorker()
    let waited = 0
    while (state.attempts === before && waited < 10_000) {
      await vi.advanceTimersByTimeAsync(10)
      waited += 10
    }
    waits.push(waited)
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waits[0]).toBeLessThanOrEqual(100)
  expect(waits.at(-1)).toBeGreaterThanOrEqual(1000)
  expect(waits.at(-1)).toBeLessThanOrEqual(5000)
})

test('after a connection that held it is quick again', async () => {
  const { state, stopWorker } = extension()
  for (let i = 0; i < 8; i++) {
    stopWorker()
    for (const before = state.attempts; state.attempts === before; ) await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(5000)
  const before = state.attempts
  stopWorker()
  await vi.advanceTimersByTimeAsync(100)
  expect(state.attempts).toBe(before + 1)
})

test('it gives up when the extension is gone, and says so once', async () => {
  const { state, stopWorker } = extension()
  state.removed = true
  stopWorker()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state).toMatchObject({ attempts: 2, gone: 1 })
  expect(vi.getTimerCount()).toBe(0)
})

test('an extension that is gone from the start is reported too', () => {
  let gone = 0
  reconnecting(
    () => {
      throw new Error('Extension context invalidated.')
    },
    () => expect.unreachable(),
    () => gone++,
  )
  expect(gone).toBe(1)
})

test('end() closes the port and makes no further attempt', async () => {
  const { opened, state, connection } = extension()
  connection.end()
  expect(opened[0]?.connected).toBe(false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state).toMatchObject({ attempts: 1, gone: 0 })
})

test('end() between two connections calls the next one off', async () => {
  const { state, connection, stopWorker } = extension()
  stopWorker()
  connection.end()
  expect(vi.getTimerCount()).toBe(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state.attempts).toBe(1)
})
