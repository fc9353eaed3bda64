import { expect, test } from 'vitest'
import { events, progress } from '../../protocol/events.fixture'
import type { Database } from './database'
import { openRecordingStore } from './recordings-store'
import { openStore } from './store'

/** A database that holds this, whatever an earlier build or a fault has put there. */
const holding = (rows: Readonly<Record<string, readonly unknown[]>>): Database => {
  const db = {
    getAll: async (store: string) => rows[store] ?? [],
    getAllFromIndex: async (store: string) => rows[store] ?? [],
    get: async (store: string, [, page]: [string, number]) => rows[store]?.[page],
  }
  return (use) => use(db as unknown as Parameters<typeof use>[0])
}

const known = events('p', [progress('h'), progress('h')])
const recording = { tabId: 1, id: 'r', startedAt: 1e12, trace: true, incognito: false }
const saved = {
  id: 'r',
  title: 'pod.example',
  startedAt: 1e12,
  endedAt: 1e12 + 1,
  why: 'switched-off',
  events: 2,
  bytes: 300,
  lost: 0,
  replaced: [],
}

test('of a journal on disk the events are read, and what is none is counted', async () => {
  const batches = [{ events: [known[0], { seq: 'x' }] }, { events: 'none' }, { events: [known[1]] }]
  const read = await openStore(holding({ batches })).read(1)
  expect(read.events).toEqual(known)
  expect(read.unreadable).toBe(2)
})

test('what is no tab that is recorded is passed over', async () => {
  const store = openRecordingStore(holding({ recordings: [{ tabId: 'x' }, recording, null] }))
  expect(await store.recordings()).toEqual([recording])
})

test('of saved recordings those are listed that can be read, and the others counted', async () => {
  const store = openRecordingStore(holding({ savedRecordings: [saved, { id: 'broken' }, 'rubbish'] }))
  expect(await store.list()).toEqual({ sessions: [saved], unreadable: 2, problem: null })
})

test('a page of a recording has events only, and one that is not there is none', async () => {
  const store = openRecordingStore(holding({ savedPages: [[known[0], 7]] }))
  expect(await store.page('r', 0)).toEqual({ events: [known[0]], unreadable: 1 })
  expect(await store.page('r', 1)).toBeNull()
})
