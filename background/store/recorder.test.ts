import { expect, test } from 'vitest'
import type { SessionEvent } from '../../protocol/events'
import { events, progresses, seen } from '../../protocol/events.fixture'
import { memoryStore } from '../session/session.fixture'
import { createRecorder } from './recorder'

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5))

async function record(bound?: number, store = memoryStore()) {
  const delivered: SessionEvent[] = []
  const recorder = await createRecorder(1, store, (fresh) => delivered.push(...fresh), bound ? { bound } : {})
  return { recorder, store, delivered, types: () => delivered.map((event) => event.body.type) }
}

test('what is recorded reaches the panels, the journal and the disk', async () => {
  const { recorder, store, delivered } = await record()
  const all = progresses('a', 3)
  await recorder.record(all)
  expect(delivered).toEqual(all)
  expect(recorder.journal.events).toEqual(all)
  expect(store.tabs.get(1)).toEqual(all)
})

test('panels need not wait for the disk', async () => {
  const { recorder, store, delivered } = await record()
  const release = store.hold()
  let safe = false
  const recorded = recorder.record(progresses('a', 1)).then(() => {
    safe = true
  })
  await settle()
  expect(delivered).toHaveLength(1)
  expect(safe).toBe(false)
  release()
  await recorded
  expect(store.tabs.get(1)).toHaveLength(1)
})

test('a double is neither delivered nor written again', async () => {
  const { recorder, store, delivered } = await record()
  await recorder.record(progresses('a', 3))
  await recorder.record(progresses('a', 3))
  expect(delivered).toHaveLength(3)
  expect(store.tabs.get(1)).toHaveLength(3)
})

test('the background’s own events are numbered without gaps, with what they are about', async () => {
  const { recorder, delivered } = await record()
  recorder.note('panel', { type: 'watch-started' })
  recorder.note('page', { type: 'frame-gone', unwatched: true }, { document: 'd', storageKey: 'k', at: 5 })
  expect(delivered).toMatchObject([
    { seq: 1, source: 'panel', document: null, storageKey: null },
    { seq: 2, source: 'page', document: 'd', storageKey: 'k', at: 5, body: { unwatched: true } },
  ])
  expect(delivered[0]?.producer).toBe(delivered[1]?.producer)
})

test('a recorder goes on from what the one before it wrote, and is another producer', async () => {
  const first = await record()
  await first.recorder.record(progresses('a', 3))
  first.recorder.note('panel', { type: 'watch-started' })
  await settle()
  const second = await record(undefined, first.store)
  expect(second.recorder.journal.events).toEqual(first.recorder.journal.events)
  await second.recorder.record(progresses('a', 4))
  second.recorder.note('panel', { type: 'watch-stopped' })
  expect(second.delivered).toMatchObject([{ producer: 'a', seq: 4 }, { seq: 1 }])
  expect(second.delivered[1]?.producer).not.toBe(first.delivered.at(-1)?.producer)
})

test('tabs do not share a journal', async () => {
  const { recorder, store } = await record()
  await recorder.record(progresses('a', 3))
  const other = await createRecorder(2, store, () => {})
  expect(other.journal.events).toEqual([])
})

test('a journal that reached its bound says how much it dropped, and stays within it', async () => {
  const { recorder, store, delivered } = await record(50)
  await recorder.record(events('a', [seen('h')]))
  for (let i = 2; i <= 400; i++) await recorder.record(progresses('a', 1, i))
  await settle()
  const cuts = delivered.flatMap(({ body }) => (body.type === 'journal-cut' ? [body] : []))
  expect(cuts.length).toBeGreaterThan(0)
  expect(new Set(cuts.map((cut) => cut.bound))).toEqual(new Set([50]))
  const dropped = cuts.reduce((sum, cut) => sum + cut.dropped, 0)
  expect(recorder.journal.events.length + dropped).toBe(delivered.length)
  expect(recorder.journal.events.length).toBeLessThanOrEqual(50)
  expect(recorder.journal.events[0]?.body).toEqual(seen('h'))
  const { journal } = await createRecorder(1, store, () => {}, { bound: 50 })
  expect(journal.events).toEqual(recorder.journal.events)
})

test('more fetches at a time than a journal may drop do not make it forget everything', async () => {
  const { recorder, types } = await record(50)
  for (let i = 0; i < 20; i++) await recorder.record(events('a', [seen(`h${i}`)], i + 1))
  for (let i = 0; i < 200; i++) await recorder.record(progresses('a', 1, 21 + i, `h${i % 20}`))
  const journaled = recorder.journal.events.map((event) => event.body.type)
  expect(journaled.filter((type) => type === 'progress').length).toBeGreaterThan(10)
  expect(types().filter((type) => type === 'progress')).toHaveLength(200)
  expect(types().filter((type) => type === 'journal-cut').length).toBeLessThan(200)
})

test('clearing is reported to the panels, and nothing of before is left on disk', async () => {
  const { recorder, store, types } = await record()
  await recorder.record(progresses('a', 3))
  void recorder.clear('clear-1')
  await settle()
  expect(types()).toEqual(['progress', 'progress', 'progress', 'cleared'])
  const again = await record(undefined, store)
  expect(again.recorder.journal.events.map((event) => event.body.type)).toEqual(['cleared'])
})

test('a disk that fails is reported once, and again when it has worked meanwhile; nothing in memory is lost', async () => {
  const store = memoryStore()
  const add = store.add
  let works = false
  Object.assign(store, {
    add: (tabId: number, list: readonly SessionEvent[]) =>
      works ? add(tabId, list) : Promise.reject(new Error('full')),
    replace: (tabId: number, list: readonly SessionEvent[]) =>
      Promise.reject(new Error(`full, also for ${tabId} and ${list.length}`)),
  })
  const { recorder, types, delivered } = await record(undefined, store)
  for (let i = 1; i <= 3; i++) await recorder.record(progresses('a', 1, i)).catch(() => {})
  await settle()
  expect(types()).toEqual(['progress', 'not-saved', 'progress', 'progress'])
  expect(delivered[1]?.body).toEqual({ type: 'not-saved', problem: { reason: 'full', detail: '' } })
  works = true
  await recorder.record(progresses('a', 1, 4))
  await settle()
  expect(types().at(-1)).toBe('saved-again')
  expect(store.tabs.get(1)).toEqual(recorder.journal.events)
  works = false
  await recorder.record(progresses('a', 1, 5)).catch(() => {})
  await settle()
  expect(types().filter((type) => type === 'not-saved')).toHaveLength(2)
})

test('where the disk can’t be read the session begins anew, and says so', async () => {
  const store = memoryStore()
  Object.assign(store, { read: () => Promise.reject(new Error('broken')) })
  const { recorder, types } = await record(undefined, store)
  await recorder.record(progresses('a', 1))
  expect(types()).toEqual(['earlier-unread', 'progress'])
})

test('events on disk that are none are left out, said, and gone afterwards', async () => {
  const store = memoryStore()
  await store.add(1, progresses('a', 2))
  const read = store.read
  Object.assign(store, { read: async (tabId: number) => ({ ...(await read(tabId)), unreadable: 3 }) })
  const { types, recorder } = await record(undefined, store)
  await settle()
  expect(types()).toEqual(['events-unreadable'])
  expect(recorder.journal.events.at(-1)?.body).toEqual({ type: 'events-unreadable', count: 3 })
  expect(store.tabs.get(1)).toEqual(recorder.journal.events)
})

test('what could not be read is not overwritten by what comes after', async () => {
  const store = memoryStore()
  await store.add(1, progresses('before', 2))
  const { read, add } = store
  let works = false
  const guarded =
    <A extends unknown[], T>(job: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      works ? job(...args) : Promise.reject(new Error('broken'))
  Object.assign(store, { read: guarded(read), add: guarded(add) })
  const { recorder, types } = await record(undefined, store)
  await recorder.record(progresses('after', 2)).catch(() => {})
  await settle()
  expect(types()).toEqual(['earlier-unread', 'progress', 'progress', 'not-saved'])
  works = true
  await recorder.record(progresses('after', 1, 3))
  await settle()
  expect(types().at(-1)).toBe('saved-again')
  expect((store.tabs.get(1) ?? []).slice(0, 2)).toEqual(progresses('before', 2))
  expect((store.tabs.get(1) ?? []).filter(({ producer }) => producer === 'after')).toHaveLength(3)
})
