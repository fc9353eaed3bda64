import { expect, onTestFinished, test, vi } from 'vitest'
import type { Body } from '../../protocol/events'
import { progresses } from '../../protocol/events.fixture'
import { memoryStore } from '../session/session.fixture'
import { createRecorder } from './recorder'

/** A recorder, with the types of what came together. */
async function watchBursts(store = memoryStore()) {
  const parts: string[][] = []
  const recorder = await createRecorder(1, store, (fresh) => parts.push(fresh.map(({ body }) => body.type)))
  const step = () =>
    void recorder.note('worker', { type: 'event-done', worker: 'w', event: 1, promises: 0, rejected: 0 })
  return { recorder, store, parts, step }
}

test('what a worker reports in a burst is delivered and written together', async () => {
  const { parts, step, store } = await watchBursts()
  for (let i = 0; i < 3; i++) step()
  expect(parts).toEqual([])
  await expect.poll(() => parts).toEqual([['event-done', 'event-done', 'event-done']])
  await expect.poll(() => store.tabs.get(1)).toHaveLength(3)
})

test('another event does not wait for the end of a burst, and comes after it', async () => {
  const { recorder, parts, step } = await watchBursts()
  step()
  await recorder.record(progresses('a', 1))
  step()
  recorder.note('panel', { type: 'watch-stopped' })
  expect(parts).toEqual([
    ['event-done', 'progress'],
    ['event-done', 'watch-stopped'],
  ])
})

const call: Body = {
  type: 'page-call',
  method: 'abort',
  id: 'a',
  origin: 'https://pod.example',
  location: null,
  callers: [],
}

test('a call of the page waits for what it leads to, for 20 ms at most', async () => {
  const { recorder, parts } = await watchBursts()
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  recorder.note('page', call)
  vi.advanceTimersByTime(19)
  expect(parts).toEqual([])
  vi.advanceTimersByTime(1)
  expect(parts).toEqual([['page-call']])
  recorder.note('page', call)
  recorder.note('panel', { type: 'watch-stopped' })
  expect(parts).toEqual([['page-call'], ['page-call', 'watch-stopped']])
})

test('a burst of a worker is delivered as soon as without a call before it', async () => {
  const { recorder, parts, step } = await watchBursts()
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  recorder.note('page', call)
  step()
  vi.advanceTimersByTime(4)
  expect(parts).toEqual([['page-call', 'event-done']])
  step()
  recorder.note('page', call)
  vi.advanceTimersByTime(4)
  expect(parts[1]).toEqual(['event-done', 'page-call'])
})

test('a burst that goes on is in the journal for whoever reads it', async () => {
  const { recorder, step } = await watchBursts()
  step()
  expect(recorder.journal.events).toHaveLength(1)
  step()
  expect(recorder.journal.since({})).toHaveLength(2)
})

test('a burst that goes on is cleared with what came before it', async () => {
  const { recorder, parts, step } = await watchBursts()
  step()
  await recorder.clear('clear-1')
  expect(parts).toEqual([['event-done'], ['cleared']])
  expect(recorder.journal.events).toHaveLength(1)
})
