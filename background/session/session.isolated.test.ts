import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BackgroundForBridge, BackgroundForPanel, BridgeMode } from '../../protocol/commands'
import { frameOf } from '../../protocol/events.fixture'
import type { Handle } from '../../protocol/handle'
import { MAX_RECORDING_TIME } from '../../protocol/recordings'
import { portPair } from '../../wire/port.fixture'
import { rpcOverPort } from '../../wire/port-rpc'
import { showsDocument } from '../bridges/documents'
import { injectFrame } from '../bridges/injector'
import { isIncognito } from '../recording/incognito'
import { createRecordings } from '../recording/recordings'
import { withMemory } from '../recording/recordings-memory'
import type { TracerNeeds } from '../tracer/tracer'
import { showBadge } from './badge'
import { createSession, type Session } from './session'
import {
  type MemoryRecordingStore,
  type MemoryStore,
  memoryRecordingStore,
  memoryStore,
} from './session.fixture'

const traced = vi.hoisted(() => vi.fn())
const tracer = vi.hoisted(() => ({
  needs: undefined as TracerNeeds | undefined,
  announcesNewFetches: false,
  namedUrls: [] as readonly string[],
  aborts: [] as number[],
}))
vi.mock('./badge', () => ({ showBadge: vi.fn() }))
vi.mock('../bridges/documents', () => ({ showsDocument: vi.fn(async () => false) }))
vi.mock('../recording/incognito', () => ({ isIncognito: vi.fn(async () => false) }))
vi.mock('../bridges/injector', () => ({
  injectEverywhere: vi.fn(async () => {}),
  injectFrame: vi.fn(async () => {}),
}))
vi.mock('../tracer/tracer', () => ({
  createTracer(_: number, needs: TracerNeeds) {
    tracer.needs = needs
    return {
      set: traced,
      stopWorker: vi.fn(),
      again: vi.fn(),
      navigated: vi.fn(),
      frameChanged: vi.fn(),
      callsCovered: async () => false,
      pagesChanged: vi.fn(),
      announcesNewFetches: () => tracer.announcesNewFetches,
      namedUrls: () => tracer.namedUrls,
      aborted: (at: number) => void tracer.aborts.push(at),
    }
  },
}))

/** Longer than an end that was connected before gets to come back. */
const GRACE = 4000
const TAB = 7

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.clearAllMocks()
  vi.mocked(showsDocument).mockResolvedValue(false)
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms = 10) => vi.advanceTimersByTimeAsync(ms)

/** The extension's worker as it is started again and again over the same disk. */
function machine() {
  const store: MemoryStore = memoryStore()
  const saved: MemoryRecordingStore = memoryRecordingStore()
  const recordings = createRecordings(withMemory(saved))
  return {
    store,
    saved,
    recordings,
    start: () => createSession(TAB, store, recordings),
    eventTypes: () => (store.tabs.get(TAB) ?? []).map(({ body }) => body.type),
  }
}

async function openPanel(session: Session, trace = false) {
  const [background, panel] = portPair()
  session.acceptPanel(background)
  const rpc = rpcOverPort<BackgroundForPanel, object>(panel, { events() {} })
  await rpc.attach({ visible: true, trace, have: {} })
  await pass()
  return {
    rpc,
    leave: () => panel.disconnect(),
    async close() {
      panel.disconnect()
      // It might be coming back.
      await pass(GRACE)
    },
  }
}

async function joinBridge(session: Session, producer = 'bridge-1', document = 'document-1') {
  const [background, page] = portPair()
  const state = {
    mode: undefined as BridgeMode | undefined,
    left: false,
    aborted: [] as string[],
    looked: 0,
    answer: null as unknown,
    drop: () => page.disconnect(),
  }
  session.acceptBridge(background, document)
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, {
    setMode(mode: BridgeMode) {
      state.mode = mode
    },
    lookNow() {
      state.looked++
    },
    leave() {
      state.left = true
    },
    abort(handle: string) {
      state.aborted.push(handle)
    },
    records: () => state.answer,
    ask: () => state.answer,
  })
  await rpc.hello({ producer, origin: 'https://pod.example', ancestorOrigins: [] })
  await pass()
  return Object.assign(state, { rpc })
}

test('without a panel a tab that is not recorded is dropped', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  expect(bridge.mode).toMatchObject({ lead: true, look: true })
  await panel.close()
  expect(bridge.left).toBe(true)
  expect(bridge.mode).toMatchObject({ lead: true, look: false })
  expect(eventTypes()).toEqual(['watch-started', 'watch-stopped'])
})

test('while it is recorded, bridges stay and look, and the log says that it goes on', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setRecording(true, 'keep-1')
  await panel.rpc.setRecording(true, 'keep-2')
  expect(showBadge).toHaveBeenLastCalledWith(TAB, expect.any(Number))
  await panel.close()
  await pass(GRACE)
  expect(bridge).toMatchObject({ left: false, mode: { lead: true, look: true } })
  expect(eventTypes()).toEqual(['watch-started', 'keep-started', 'panel-left'])
  await bridge.rpc.report([{ seq: 1, at: Date.now(), body: { type: 'events-lost', count: 1 } }])
  await openPanel(session)
  expect(eventTypes()).toEqual([
    'watch-started',
    'keep-started',
    'panel-left',
    'events-lost',
    'watch-started',
  ])
})

test('a hidden panel does not keep a recorded tab from being looked at', async () => {
  const session = machine().start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setVisible(false)
  await pass()
  expect(bridge.mode?.look).toBe(false)
  await panel.rpc.setRecording(true, 'keep-3')
  await pass()
  expect(bridge.mode?.look).toBe(true)
})

test('a document that replaces another gets a bridge, and the badge is shown again', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.close()
  session.committed(0, 'https://pod.example/', true)
  await pass()
  expect(injectFrame).not.toHaveBeenCalled()
  const again = await openPanel(session)
  await again.rpc.setRecording(true, 'keep-4')
  await again.close()
  vi.mocked(showBadge).mockClear()
  session.committed(0, 'https://pod.example/', true)
  await pass()
  expect(injectFrame).toHaveBeenCalledWith(TAB, 0)
  expect(showBadge).toHaveBeenCalledWith(TAB, expect.any(Number))
  expect(eventTypes()).toContain('navigated')
})

test('a worker that is started again knows that the tab is recorded, and sends nobody away', async () => {
  const { start, eventTypes } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setRecording(true, 'keep-5')
  traced.mockClear()
  const session = start()
  const bridge = await joinBridge(session)
  expect(bridge.mode?.look).toBe(true)
  await pass(GRACE)
  expect(bridge.left).toBe(false)
  // The panel was closed while nobody was there to see it.
  expect(eventTypes()).toEqual(['watch-started', 'keep-started', 'panel-left'])
  expect(traced).toHaveBeenLastCalledWith(true)
})

test('the tracer goes on as it was, and no longer than the recording', async () => {
  for (const on of [true, false]) {
    const session = machine().start()
    const panel = await openPanel(session, on)
    await panel.rpc.setRecording(true, 'keep-6')
    await panel.close()
    expect(traced).toHaveBeenLastCalledWith(on)
    await session.endRecording('switched-off')
    expect(traced).toHaveBeenLastCalledWith(false)
  }
})

test('tracing that is switched while the tab is recorded stays as it was switched', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setRecording(true, 'keep-7')
  await panel.rpc.setTrace(false)
  await panel.close()
  expect(traced).toHaveBeenLastCalledWith(false)
  traced.mockClear()
  await joinBridge(start())
  await pass(GRACE)
  expect(traced).not.toHaveBeenCalledWith(true)
})

test('Cancel in the browser’s bar stands, also for a worker that is started again', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setRecording(true, 'keep-8')
  await panel.close()
  tracer.needs?.emit({ type: 'tracer', state: 'failed', reason: 'cancelled', detail: '' })
  traced.mockClear()
  await joinBridge(start())
  await pass(GRACE)
  expect(traced).not.toHaveBeenCalledWith(true)
})

test('Cancel beside an open panel stands when the panel is hidden and closed, until it is switched on', async () => {
  const { start } = machine()
  const panel = await openPanel(start(), true)
  await panel.rpc.setRecording(true, 'keep-9')
  tracer.needs?.emit({ type: 'tracer', state: 'failed', reason: 'cancelled', detail: '' })
  await panel.rpc.setVisible(false)
  await panel.close()
  traced.mockClear()
  const session = start()
  await joinBridge(session)
  await pass(GRACE)
  expect(traced).not.toHaveBeenCalledWith(true)
  const again = await openPanel(session, true)
  await again.rpc.setTrace(true)
  await again.close()
  expect(traced).toHaveBeenLastCalledWith(true)
})

test('a page that comes back while nobody watches is noted as gone when it is dropped', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.close()
  const [background, page] = portPair()
  session.acceptBridge(background, 'document-1')
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, { setMode() {}, leave: () => page.disconnect() })
  await rpc.hello({ producer: 'bridge-1', origin: 'https://pod.example', ancestorOrigins: [] })
  await rpc.report([{ seq: 1, at: Date.now(), body: frameOf() }])
  await pass(GRACE)
  expect(eventTypes()).toEqual(['watch-started', 'watch-stopped', 'frame', 'frame-gone'])
})

test('an abort whose page went away before it answered is not said to be not called', async () => {
  const { start, store } = machine()
  const session = start()
  const panel = await openPanel(session)
  const [background, page] = portPair()
  session.acceptBridge(background, 'document-1')
  const rpc = rpcOverPort<BackgroundForBridge, object>(page, { setMode() {}, leave() {}, abort() {} })
  await rpc.hello({ producer: 'bridge-1', origin: 'https://pod.example', ancestorOrigins: [] })
  await pass()
  const asked = panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  page.disconnect()
  await pass()
  await asked
  expect(store.tabs.get(TAB)?.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({
      type: 'abort-answered',
      outcome: expect.objectContaining({ kind: 'unanswered' }),
    }),
  )
})

test('a page whose port is dropped is not gone: its abort is passed on once more when it is back', async () => {
  vi.mocked(showsDocument).mockResolvedValue(true)
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  const first = await joinBridge(session)
  const other = await joinBridge(session, 'bridge-2', 'document-2')
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  first.drop()
  await pass(1000)
  expect(other.mode).toMatchObject({ lead: false })
  const back = await joinBridge(session)
  expect(back.aborted).toEqual(['bridge-1:1'])
  expect(back.mode).toMatchObject({ lead: true })
  await pass(GRACE)
  expect(eventTypes()).toEqual(['watch-started', 'abort-requested'])
})

test('a page whose port is dropped and does not come back is gone', async () => {
  vi.mocked(showsDocument).mockResolvedValue(true)
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  bridge.drop()
  await pass(1000)
  expect(eventTypes()).not.toContain('frame-gone')
  await pass(GRACE)
  expect(eventTypes()).toEqual(['watch-started', 'abort-requested', 'frame-gone', 'abort-answered'])
})

test('a page that gets another bridge does not wait for the one that it had', async () => {
  vi.mocked(showsDocument).mockResolvedValue(true)
  const { start, eventTypes } = machine()
  const session = start()
  await openPanel(session)
  const before = await joinBridge(session)
  before.drop()
  await pass()
  const bridge = await joinBridge(session, 'bridge-2')
  await pass(100)
  expect(bridge.mode).toMatchObject({ lead: true })
  expect(eventTypes()).toEqual(['watch-started', 'frame-gone'])
})

test('switched off beside a panel, it becomes a session, and the panel watches on', async () => {
  const { start, eventTypes, saved } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setRecording(true, 'keep-10')
  await panel.rpc.setRecording(false, 'keep-11')
  await panel.rpc.setRecording(false, 'keep-12')
  expect(bridge.left).toBe(false)
  expect(showBadge).toHaveBeenLastCalledWith(TAB, null)
  expect(eventTypes()).toEqual(['watch-started', 'keep-started', 'keep-ended'])
  const [made] = (await panel.rpc.savedRecordings()).sessions
  expect(made).toMatchObject({ why: 'switched-off', events: 3 })
  const page = await panel.rpc.recordedEvents(made?.id ?? '', 0)
  expect(page?.events).toMatchObject(eventTypes().map((type) => ({ body: { type } })))
  await panel.rpc.removeRecordings([made?.id ?? ''])
  expect(saved.all.size).toBe(0)
  await panel.close()
  expect(eventTypes().at(-1)).toBe('watch-stopped')
})

test('an incognito tab is recorded while it is open, and leaves no session', async () => {
  vi.mocked(isIncognito).mockResolvedValueOnce(true)
  const { start, recordings } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setRecording(true, 'keep-13')
  await panel.close()
  expect(bridge.left).toBe(false)
  // Started again after the tab was gone, when nobody could tell any more.
  await start().closed()
  expect(await recordings.all()).toEqual([])
  expect((await recordings.sessions()).sessions).toEqual([])
})

test('switched off without a panel, nothing is watched any more', async () => {
  const { start, eventTypes, saved } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  await panel.rpc.setRecording(true, 'keep-14')
  await panel.close()
  await session.endRecording('switched-off')
  expect(bridge.left).toBe(true)
  expect(eventTypes()).toEqual(['watch-started', 'keep-started', 'panel-left', 'keep-ended'])
  expect(saved.all.size).toBe(1)
  await session.endRecording('switched-off')
  expect(saved.all.size).toBe(1)
})

test('after three days it ends by itself', async () => {
  const { start, recordings } = machine()
  const panel = await openPanel(start())
  await panel.rpc.setRecording(true, 'keep-15')
  await panel.close()
  await pass(MAX_RECORDING_TIME - 60_000)
  expect((await recordings.sessions()).sessions).toEqual([])
  await pass(60_000)
  expect((await recordings.sessions()).sessions).toMatchObject([{ why: 'too-long' }])
})

test('and also when the worker was stopped in between', async () => {
  const { start, recordings } = machine()
  const panel = await openPanel(start())
  await panel.rpc.setRecording(true, 'keep-16')
  vi.clearAllTimers()
  vi.setSystemTime(Date.now() + MAX_RECORDING_TIME + 1)
  const bridge = await joinBridge(start())
  expect((await recordings.sessions()).sessions).toMatchObject([{ why: 'too-long' }])
  expect(bridge.left).toBe(true)
})

test('a tab that is closed leaves its session, and nothing is written about it any more', async () => {
  const { start, store, recordings } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.rpc.setRecording(true, 'keep-17')
  await session.closed()
  await store.remove(TAB)
  await panel.close()
  expect((await recordings.sessions()).sessions).toMatchObject([{ why: 'tab-closed' }])
  expect(store.tabs.get(TAB)).toBe(undefined)
})

test('a worker that was stopped between two writes makes the log and the recording agree', async () => {
  const { start, eventTypes, recordings, store } = machine()
  await recordings.put({ tabId: TAB, id: 'k', startedAt: Date.now(), trace: false, incognito: false })
  await openPanel(start())
  expect(eventTypes()).toEqual(['keep-started', 'watch-started'])
  const [recording] = await recordings.all()
  if (recording) await recordings.finish(recording, store.tabs.get(TAB) ?? [], 'switched-off')
  await openPanel(start())
  expect(eventTypes()).toEqual([
    'keep-started',
    'watch-started',
    'keep-ended',
    'watch-stopped',
    'watch-started',
  ])
})

test('an abort waits for the bridge of its fetch, which comes back late and after others', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  const handles = ['bridge-2:1', 'bridge-2:2'] as Handle[]
  for (const handle of handles) void panel.rpc.abort(handle, `abort ${handle}`)
  await pass(1500)
  const other = await joinBridge(session, 'bridge-1')
  await pass(1000)
  const own = await joinBridge(session, 'bridge-2')
  expect(own.aborted).toEqual(handles)
  expect(other.aborted).toEqual([])
  await pass(GRACE)
  expect(eventTypes()).not.toContain('abort-answered')
})

test('an abort whose bridge does not come back is reported as not called', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await joinBridge(session, 'bridge-1')
  void panel.rpc.abort('bridge-2:1' as Handle, 'abort')
  await pass(GRACE)
  expect(eventTypes().filter((type) => type.startsWith('abort'))).toEqual([
    'abort-requested',
    'abort-answered',
  ])
})

test('the tracer hears of an abort when it is asked for', async () => {
  const { start } = machine()
  const session = start()
  const panel = await openPanel(session)
  await joinBridge(session)
  tracer.aborts.length = 0
  void panel.rpc.abort('bridge-1:1' as Handle, 'command-1')
  await pass()
  expect(tracer.aborts).toHaveLength(1)
})

test('a page is asked through a bridge of its storage key, and its answer is checked', async () => {
  const { start } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  const ask = (storageKey: string) => panel.rpc.askPage(storageKey, { kind: 'test-fetch' }, 'command-1')
  bridge.answer = { ok: true, extra: 1 }
  expect(await ask('https://pod.example')).toEqual({ ok: true })
  for (const answer of [null, 7, { ok: 1 }, { ok: false, reason: 'because', detail: '' }]) {
    bridge.answer = answer
    expect(await ask('https://pod.example')).toMatchObject({ ok: false, reason: 'bad-answer' })
  }
  const other = ask('https://other.example')
  await pass(GRACE)
  expect(await other).toMatchObject({ ok: false, reason: 'page-gone' })
})

test('bridges look seldom while the tracer reports fetches of their origin, and at once when it does', async () => {
  const session = machine().start()
  await openPanel(session, true)
  const bridge = await joinBridge(session)
  expect(bridge.mode).toMatchObject({ look: true, announcesNewFetches: false })
  expect([...(tracer.needs?.pages() ?? [])]).toEqual(['https://pod.example'])
  tracer.announcesNewFetches = true
  tracer.namedUrls = ['https://pod.example/app.js']
  tracer.needs?.answersChanged()
  await pass()
  expect(bridge.mode).toMatchObject({ look: true, announcesNewFetches: true, namedUrls: tracer.namedUrls })
  tracer.needs?.backgroundFetchTouched('https://other.example')
  await pass()
  expect(bridge.looked).toBe(0)
  tracer.needs?.backgroundFetchTouched('https://pod.example')
  await pass()
  expect(bridge.looked).toBe(1)
  tracer.announcesNewFetches = false
  tracer.needs?.answersChanged()
  await pass()
  expect(bridge.mode).toMatchObject({ look: true, announcesNewFetches: false })
})

test('a panel that is loaded anew ends nothing: bridge, tracer and log go on', async () => {
  const { start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session, true)
  const bridge = await joinBridge(session)
  panel.leave()
  await pass(1000)
  expect(bridge).toMatchObject({ left: false, mode: { look: true } })
  await openPanel(session, true)
  await pass(GRACE)
  expect(bridge).toMatchObject({ left: false, mode: { look: true } })
  expect(eventTypes()).toEqual(['watch-started'])
  expect(traced).not.toHaveBeenCalledWith(false)
})

test('a command that is given once more to the next background does nothing more', async () => {
  const { start, eventTypes } = machine()
  const first = await openPanel(start())
  await first.rpc.setRecording(true, 'on')
  await first.rpc.setRecording(false, 'off')
  await first.rpc.clear('clear')
  await pass()
  const before = eventTypes()
  const second = await openPanel(start())
  await second.rpc.setRecording(true, 'on')
  await second.rpc.clear('clear')
  await pass()
  const after = eventTypes().filter((type) => !/^watch/.test(type))
  expect(after).toEqual(before.filter((type) => !/^watch/.test(type)))
})

test('a bridge’s answer that is not what was asked for does not get to the panel', async () => {
  const { start } = machine()
  const session = start()
  const panel = await openPanel(session)
  const bridge = await joinBridge(session)
  for (const answer of [null, 7, { ok: true }, { ok: true, total: 1e300, offset: 0, records: [] }]) {
    bridge.answer = answer
    expect(await panel.rpc.records('bridge-1:1' as Handle, 0, 10)).toMatchObject({ ok: false })
  }
  bridge.answer = { ok: true, total: 0, offset: 0, records: [], extra: 1 }
  expect(await panel.rpc.records('bridge-1:1' as Handle, 0, 10)).toEqual({
    ok: true,
    total: 0,
    offset: 0,
    records: [],
  })
})

test('the person’s own Cancel of tracing stands for the next background, until they switch it on again', async () => {
  const { start } = machine()
  await openPanel(start(), true)
  tracer.needs?.emit({ type: 'tracer', state: 'failed', reason: 'cancelled', detail: '' })
  await pass()
  traced.mockClear()
  const panel = await openPanel(start(), true)
  expect(traced).not.toHaveBeenCalledWith(true)
  await panel.rpc.setTrace(true)
  await pass()
  expect(traced).toHaveBeenLastCalledWith(true)
})

test('a tab that gets another id hands on its events and its recording', async () => {
  const { store, recordings, start, eventTypes } = machine()
  const session = start()
  const panel = await openPanel(session)
  await panel.rpc.setRecording(true, 'on')
  await panel.close()
  const handed = await session.handOver()
  expect(handed.recording).toMatchObject({ tabId: TAB })
  const before = eventTypes()
  const next = createSession(
    8,
    store,
    recordings,
    Promise.resolve({ ...handed, discarded: true, safe: () => {} }),
  )
  await pass()
  const events = (store.tabs.get(8) ?? []).map(({ body }) => body)
  expect(events.map(({ type }) => type)).toEqual([...before, 'tab-replaced'])
  expect(events.at(-1)).toEqual({ type: 'tab-replaced', discarded: true })
  expect(await recordings.all()).toMatchObject([{ tabId: 8 }])
  expect(showBadge).toHaveBeenLastCalledWith(8, expect.any(Number))
  await next.endRecording('switched-off')
  expect((await recordings.sessions()).sessions).toHaveLength(1)
})
