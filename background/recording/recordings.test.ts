import { expect, test } from 'vitest'
import type { SessionEvent } from '../../protocol/events'
import { events, frameOf, progresses } from '../../protocol/events.fixture'
import { memoryRecordingStore, recordingOf } from '../session/session.fixture'
import { createRecordings, titleOf } from './recordings'
import { withMemory } from './recordings-memory'

const shown = (url: string, top = true) => events('a', [frameOf({ url, top })])

test('a recording that ends becomes a session with its events, and says why it ended', async () => {
  const store = memoryRecordingStore()
  const recordings = createRecordings(withMemory(store))
  await recordings.put(recordingOf(1))
  const recorded = [...shown('https://pod.example/library?q#h'), ...progresses('b', 3)]
  await recordings.finish(recordingOf(1), recorded, 'tab-closed')
  expect(await recordings.all()).toEqual([])
  const [session] = (await recordings.sessions()).sessions
  expect(session).toMatchObject({
    id: 'recording-1',
    title: 'pod.example/library',
    startedAt: 1001,
    why: 'tab-closed',
    events: 5,
    lost: 0,
    replaced: [],
  })
  expect(session?.endedAt).toBeGreaterThan(1001)
  const page = (await recordings.page('recording-1', 0))?.events
  expect(page?.slice(0, 4)).toEqual(recorded)
  expect(page?.at(-1)).toMatchObject({ body: { type: 'recording-ended', why: 'tab-closed', watched: false } })
  expect(session?.bytes).toBe(JSON.stringify(page).length)
  expect(await recordings.page('recording-1', 1)).toBe(null)
  expect(await recordings.page('nobody', 0)).toBe(null)
})

test('what is recorded after the end is not in it', async () => {
  const store = memoryRecordingStore()
  const growing: SessionEvent[] = progresses('a', 2)
  const finished = createRecordings(withMemory(store)).finish(recordingOf(1), growing, 'switched-off')
  growing.push(...progresses('a', 2, 3))
  await finished
  expect(store.all.get('recording-1')?.events).toHaveLength(3)
})

test('many events come in pages, in order and each once', async () => {
  const recordings = createRecordings(withMemory(memoryRecordingStore()))
  await recordings.finish(recordingOf(1), progresses('a', 4500), 'too-long')
  const pages = [0, 1, 2, 3].map((page) => recordings.page('recording-1', page))
  const read = await Promise.all(pages)
  expect(read.map((page) => page?.events.length ?? 0)).toEqual([2000, 2000, 501, 0])
  expect(read.flatMap((page) => page?.events ?? []).slice(0, -1)).toEqual(progresses('a', 4500))
})

test('beyond the bound the oldest go, and the new one says which', async () => {
  const store = memoryRecordingStore()
  const recordings = createRecordings(withMemory(store), 2)
  for (const tab of [1, 2, 3]) {
    await recordings.finish(recordingOf(tab), shown(`https://site${tab}.example/`), 'tab-closed')
  }
  const { sessions } = await recordings.sessions()
  expect(sessions.map(({ id }) => id)).toEqual(['recording-3', 'recording-2'])
  expect(sessions.map(({ replaced }) => replaced)).toEqual([['site1.example/'], []])
  expect(await recordings.page('recording-1', 0)).toBe(null)
})

test('recordings that end at once stay within the bound', async () => {
  const recordings = createRecordings(withMemory(memoryRecordingStore()), 2)
  await Promise.all(
    [1, 2, 3, 4].map((tab) => recordings.finish(recordingOf(tab), progresses('a', 1), 'too-long')),
  )
  expect((await recordings.sessions()).sessions.map(({ id }) => id)).toEqual(['recording-4', 'recording-3'])
})

test('one that ends once more takes nobody’s place', async () => {
  const recordings = createRecordings(withMemory(memoryRecordingStore()), 2)
  for (const tab of [1, 2, 2]) await recordings.finish(recordingOf(tab), progresses('a', 1), 'tab-closed')
  expect((await recordings.sessions()).sessions.map(({ id }) => id)).toEqual(['recording-2', 'recording-1'])
})

test('a restart is noticed late: the recording ended with its last event', async () => {
  const recordings = createRecordings(withMemory(memoryRecordingStore()))
  const recorded = progresses('a', 2)
  await recordings.finish(recordingOf(1), recorded, 'restarted')
  const last = recorded.at(-1)?.at
  expect(await recordings.sessions()).toMatchObject({ sessions: [{ endedAt: last }] })
  expect((await recordings.page('recording-1', 0))?.events.at(-1)).toMatchObject({ at: last })
})

test('of an incognito tab nothing is left', async () => {
  const store = memoryRecordingStore()
  const recordings = createRecordings(withMemory(store))
  const recording = { ...recordingOf(1), incognito: true }
  await recordings.put(recording)
  await recordings.finish(recording, progresses('a', 2), 'tab-closed')
  expect(await recordings.all()).toEqual([])
  expect(store.all.size).toBe(0)
})

test('when there is no room for the events, they are held in memory, and the disk says that they are lost', async () => {
  const store = memoryRecordingStore()
  store.room = 3
  const recordings = createRecordings(withMemory(store))
  await recordings.put(recordingOf(1))
  await recordings.finish(recordingOf(1), progresses('a', 3), 'tab-closed')
  expect(await recordings.sessions()).toMatchObject({ sessions: [{ events: 4, lost: 0, unsaved: true }] })
  expect((await recordings.page('recording-1', 0))?.events).toHaveLength(4)
  expect(await recordings.all()).toEqual([])
  expect((await store.list()).sessions).toMatchObject([{ events: 0, bytes: 0, lost: 4 }])
})

test('a title is host and path of the page that was shown last, not of a frame inside it', () => {
  expect(titleOf([])).toBe('')
  expect(titleOf(shown('about:blank'))).toBe('blank')
  expect(titleOf([...shown('https://a.example/x'), ...shown('https://frame.example/', false)])).toBe(
    'a.example/x',
  )
  const moved = events('b', [{ type: 'navigated', url: 'https://b.example/y#z', reload: false }])
  expect(titleOf([...shown('https://a.example/x'), ...moved])).toBe('b.example/y')
  expect(titleOf([...shown('https://a.example/x'), ...shown('no address')])).toBe('a.example/x')
  expect(titleOf(shown(`https://a.example/${'x'.repeat(1000)}`))).toHaveLength(300)
})
