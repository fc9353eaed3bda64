import { expect, test } from 'vitest'
import { progresses } from '../../protocol/events.fixture'
import { type MemoryRecordingStore, memoryRecordingStore, recordingOf } from '../session/session.fixture'
import { withMemory } from './recordings-memory'

const sessionOf = (tabId: number) => ({
  id: `recording-${tabId}`,
  title: `site${tabId}.example/`,
  startedAt: 1000,
  endedAt: 2000 + tabId,
  why: 'tab-closed' as const,
  events: 2,
  bytes: 10,
  lost: 0,
  replaced: [],
})

/** A disk that fails for as long as the test wants. */
function failingDisk() {
  const works = memoryRecordingStore()
  const state = { works: false }
  const guarded =
    <A extends unknown[], T>(job: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      state.works ? job(...args) : Promise.reject(new Error('broken'))
  const disk: MemoryRecordingStore = {
    ...works,
    all: works.all,
    recordings: guarded(works.recordings),
    putRecording: guarded(works.putRecording),
    removeRecording: guarded(works.removeRecording),
    finish: guarded(works.finish),
    list: guarded(works.list),
    page: guarded(works.page),
    remove: guarded(works.remove),
  }
  return { disk, works, state, store: withMemory(disk) }
}

test('while the disk fails, which tabs are recorded is known from memory', async () => {
  const { store, works, state } = failingDisk()
  await store.putRecording(recordingOf(1))
  await store.putRecording(recordingOf(2))
  await store.removeRecording(1)
  expect(await store.recordings()).toEqual([recordingOf(2)])
  expect(store.unsaved).toBe(true)
  state.works = true
  await store.flush()
  expect(await works.recordings()).toEqual([recordingOf(2)])
  expect(store.unsaved).toBe(false)
})

test('what was not recorded any more while the disk failed does not come back with it', async () => {
  const { store, works, state } = failingDisk()
  await works.putRecording(recordingOf(1))
  await store.removeRecording(1)
  state.works = true
  expect(await store.recordings()).toEqual([])
  await store.flush()
  expect(await works.recordings()).toEqual([])
})

test('a recording that can’t be written is in the list, marked, with its events, and with why the others are not', async () => {
  const { store } = failingDisk()
  await store.finish(recordingOf(1), sessionOf(1), [progresses('a', 2)], [])
  expect(await store.list()).toEqual({
    sessions: [{ ...sessionOf(1), unsaved: true }],
    unreadable: 0,
    problem: { reason: 'error', detail: 'broken' },
  })
  expect((await store.page('recording-1', 0))?.events).toEqual(progresses('a', 2))
  expect(await store.page('recording-1', 1)).toBe(null)
  expect(await store.recordings()).toEqual([])
})

test('it is written when the disk works again, and is no other one then', async () => {
  const { store, works, state } = failingDisk()
  await store.finish(recordingOf(1), sessionOf(1), [progresses('a', 2)], [])
  state.works = true
  expect(await store.list()).toEqual({ sessions: [sessionOf(1)], unreadable: 0, problem: null })
  expect(works.all.get('recording-1')?.events).toEqual(progresses('a', 2))
  expect(store.unsaved).toBe(false)
})

test('what is in memory only can be deleted; what is on a disk that fails can’t, which is said', async () => {
  const { store, works } = failingDisk()
  await works.finish(recordingOf(2), sessionOf(2), [], [])
  await store.finish(recordingOf(1), sessionOf(1), [], [])
  await store.remove(['recording-1'])
  expect((await store.list()).sessions).toEqual([])
  await expect(store.remove(['recording-2'])).rejects.toThrow('broken')
})

test('not more than five are held in memory, and the next one says which went', async () => {
  const { store } = failingDisk()
  for (let tab = 1; tab <= 6; tab++) await store.finish(recordingOf(tab), sessionOf(tab), [], [])
  const { sessions } = await store.list()
  expect(sessions.map(({ id }) => id)).toEqual([
    'recording-2',
    'recording-3',
    'recording-4',
    'recording-5',
    'recording-6',
  ])
  expect(sessions.at(-1)?.replaced).toEqual(['site1.example/'])
})
